import { displayWidth } from '../../src/platform/mail/mail-text.js';
import { fillCodes, type MailContext, type RenderedMail } from '../../src/platform/outbox/message.js';

/** The desks and the address that templates are rendered with in their specs. */
export const MAIL_CONTEXT: MailContext = {
  publicUrl: 'https://renkei.example.jp',
  registrationDesk: { name: '公益財団法人特別区協議会　事業部事業推進課', phone: '03-5210-9080' },
  projectDesk: { name: '特別区長会事務局　調査第1課　全国連携プロジェクト担当', phone: '03-5210-9747' },
};

/** Columns of 38 full-width characters. */
const WIDTH = 76;

export const REGISTRATION_DESK = '03-5210-9080';
export const PROJECT_DESK = '03-5210-9747';

/** @param codes how many codes the mail is to carry @param desk whom it names to call @returns what a reader, a printer or a gateway stumbles over */
export function flawsOf({ subject, body }: RenderedMail, codes: number, desk = REGISTRATION_DESK): string[] {
  const [addressee = ''] = body.split('\n\n', 1);
  return [
    ...body.split('\n').filter((line) => displayWidth(line) > WIDTH && !/^　*[!-~]+[@/][!-~]+$/u.test(line)),
    ...(`${subject}\n${body}`.match(/[!！?？]|審査|承認|申請|督促|undefined|null|NaN|\[object/gu) ?? []),
    ...(addressee.endsWith('様') ? [] : ['no addressee at the top']),
    ...(body.includes(desk) ? [] : [`no telephone number of its desk (${desk})`]),
    ...(countCodes(body) === codes ? [] : [`not ${codes} codes`]),
  ];
}

/** @returns how many places of a text a code is put into, its own or a named challenge's */
export function countCodes(body: string): number {
  let found = 0;
  fillCodes(body, () => {
    found += 1;
    return '';
  });
  return found;
}
