import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import { groupDigits } from '../../platform/mail/mail-text.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../../platform/text/japanese-date.js';

export interface StaffInvitationParams {
  readonly name: string;
  readonly number: string;
  readonly expiresAt: Date;
}

/** To a member of staff who is to set a password and an authenticator app, for the first time or anew. */
export function renderStaffInvitation(params: StaffInvitationParams, context: MailContext): RenderedMail {
  return {
    subject: '職員用アカウントのご案内',
    body: layOut(
      addressee(`${params.name} 様`),
      paragraph(
        '特別区全国連携プロジェクト会員用ホームページの、事務局職員用のアカウントのご案内です。次のウェブアドレスを開き、番号とコードを入力して、ご自分のパスワードと確認アプリを設定してください。',
      ),
      inset(`${context.publicUrl}/i`),
      section('番号とコード', inset(`番号　　${groupDigits(params.number, 3)}`, `コード　${CODE_SLOT}`)),
      paragraph(
        `期限は、${formatDateWithEra(lastWholeDayBefore(params.expiresAt))}です。期限を過ぎたときは、このポータルを管理する担当者に、案内の再送をご依頼ください。`,
      ),
      section(
        'ご用意いただくもの',
        paragraph(
          'スマートフォンなどに、6桁のコードを表示する確認アプリ（Google Authenticator、Microsoft Authenticator など）を入れておいてください。パスワードは、15文字以上にしてください。前に設定したパスワードと確認アプリがあるときは、新しく設定した時点で使えなくなります。',
        ),
      ),
      section('心当たりがないとき', paragraph('何もせずに、お電話でお知らせください。')),
      deskBlock(context.registrationDesk),
    ),
  };
}
