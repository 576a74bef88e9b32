import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../outbox/message.js';
import { formatDateJa } from '../../text/japanese-date.js';

export interface HeadParams {
  readonly name: string;
  /** Calendar date in Tokyo. */
  readonly day: string;
  /** How many records are sealed. */
  readonly seq: number;
  /** {@link hashGroups} of the last one. */
  readonly groups: readonly string[];
}

const HALF = 4;

/** To each admin, once a day: what to hold the trail against, kept where whoever changes the database can't reach it. */
export function renderHead({ name, day, seq, groups }: HeadParams, context: MailContext): RenderedMail {
  const lines = [groups.slice(0, HALF).join(' '), groups.slice(HALF).join(' ')];
  return {
    subject: `監査ログの控え（${formatDateJa(day)}）`,
    body: layOut(
      addressee(`${name} 様`),
      paragraph(
        '会員用ホームページの監査ログについて、本日の控えをお送りします。記録が書き換えられたり消されたりしていないかを、あとで確かめるために使います。',
      ),
      section(
        `${formatDateJa(day)}の控え`,
        inset(`件数　${seq}件`, '照合用の値', ...lines.map((line) => `　${line}`)),
      ),
      section(
        'お願いすること',
        paragraph(
          'このメールを消さずに保管してください。ほかにしていただくことはありません。控えは毎日お送りし、サーバーの外に残るこのメールが、監査ログと照らし合わせる相手になります。',
        ),
      ),
      section(
        '確かめるとき',
        paragraph('サーバーを管理する担当者に、このメールを添えて、次のコマンドの実行をご依頼ください。'),
        inset('npm run audit:verify -- --head \\', ` "${seq}:${lines[0]}`, `  ${lines[1]}"`),
        paragraph('監査ログがこの控えと合わないときは、どの記録から違っているかが表示されます。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
