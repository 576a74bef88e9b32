import { honoured, inset, paragraph, section } from '../platform/mail/mail-layout.js';
import { groupDigits } from '../platform/mail/mail-text.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { registrationText } from '../registry/registration-text.js';
import type { Addressee } from './addressees.js';

/** What a mail says of one registration; one mailbox may serve several. */
export interface AskedRegistration {
  readonly municipality: string;
  readonly addressee: Pick<Addressee, 'department' | 'person' | 'as'>;
  readonly document: RegistrationDocument;
  /** What a person types or says on the telephone. */
  readonly number: string;
  /** Where its code goes; null in a mail that asks nothing. */
  readonly codeSlot: string | null;
}

/** What somebody typed, without the brackets around a code's place: where they typed them, nothing is put in. */
export const asTyped = (text: string): string => text.replaceAll('⟦', '［').replaceAll('⟧', '］');

/** `北海道鹿追町・長野県飯山市` */
export const municipalitiesOf = (asked: readonly AskedRegistration[]): string =>
  asked.map(({ municipality }) => municipality).join('・');

/** Who it is for: the person who is registered, or whoever is in charge. */
export const addresseeLines = (asked: readonly AskedRegistration[]): string[] =>
  asked.map(
    ({ municipality, addressee: { department, person } }) =>
      `${municipality}　${asTyped(department)}　${person === null ? 'ご担当者様' : honoured(asTyped(person))}`,
  );

/** What is registered today, of each. */
export function registered(asked: readonly AskedRegistration[]): string {
  const [only] = asked;
  if (asked.length === 1 && only) return section('いまの登録', sheet(only));
  return asked.map((one) => section(`いまの登録（${one.municipality}）`, sheet(one))).join('\n\n');
}

const sheet = ({ document }: AskedRegistration): string => inset(asTyped(registrationText(document)));

/** How to say that all of it is right, without signing in. */
export function howToConfirm(asked: readonly AskedRegistration[], publicUrl: string): string {
  const numbers = asked.map(({ municipality, number, codeSlot }) =>
    inset(
      ...(asked.length > 1 ? [municipality] : []),
      `番号　　　　${groupDigits(number, 3)}`,
      `確認コード　${codeSlot ?? ''}`,
    ),
  );
  return section(
    'すべて正しいとき（ログインはいりません）',
    paragraph('1　次のウェブアドレスを、ブラウザーに入力します。'),
    inset(`${publicUrl}/k`),
    paragraph(
      `2　番号、確認コード、お名前を入力し、「変更はありません」を押します。${asked.length > 1 ? '自治体ごとに、1回ずつお願いします。' : ''}`,
    ),
    ...numbers,
    paragraph(
      'このメールを開いただけでは、何も登録されません。コードは、登録の内容が変わるか、この確認が終わるまで使えます。',
    ),
  );
}

/** How to correct what isn't right. */
export const howToCorrect = (publicUrl: string): string =>
  section(
    '違うところがあるとき',
    paragraph(
      '同じ画面で「修正する」を押すか、次のページから、登録のアドレスに届くコードでログインしてください。',
    ),
    inset(publicUrl),
  );

const AS: Readonly<Record<Addressee['as'], string>> = {
  primary: '担当者（正）の方の連絡先',
  deputy: '担当者（副）の方の連絡先',
  department: '主な担当部署の所属アドレス',
};

/** Why it comes here, and who can answer instead. */
export function whyHere(asked: readonly AskedRegistration[]): string {
  const [first] = asked;
  const as = first?.addressee.as ?? 'department';
  const one = new Set(asked.map(({ addressee }) => addressee.as)).size === 1;
  const because = one ? `${AS[as]}として登録されているため` : '登録のアドレスになっているため';
  return section(
    'このメールについて',
    paragraph(
      `このアドレスが${because}、お送りしました。ご担当が変わられたときは、このメールを後任の方に転送してください。`,
    ),
  );
}

/** The number to say on the telephone, before the desk's. */
export const byTelephone = (asked: readonly AskedRegistration[]): string =>
  paragraph(
    `お電話でも回答できます。番号 ${asked.map(({ number }) => groupDigits(number, 3)).join('、')} をお伝えください。`,
  );
