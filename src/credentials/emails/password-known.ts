import { addressee, deskBlock, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';

export interface PasswordKnownParams {
  readonly name: string;
  readonly at: Date;
}

/** To a member of staff: the right password came with wrong codes, again and again. */
export function renderPasswordKnown({ name, at }: PasswordKnownParams, context: MailContext): RenderedMail {
  return {
    subject: 'パスワードが知られているおそれがあります',
    body: layOut(
      addressee(`${name} 様`),
      paragraph(
        `あなたの職員用アカウントに、正しいパスワードと、誤った確認コードの組で、くり返しログインしようとした人がいます（${formatDateTimeJa(at)}）。ログインはされていません。`,
      ),
      section(
        'ご自分で入力したとき',
        paragraph(
          '端末の時計がずれていると、正しいコードも合いません。時計を合わせて、しばらくたってからお試しください。',
        ),
      ),
      section(
        '心当たりがないとき',
        paragraph(
          'パスワードが、ほかの人に知られています。ふだんお使いの端末でログインして、パスワードを変更してください。あわせて、このポータルの管理者にお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
