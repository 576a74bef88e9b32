import { deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import { groupDigits } from '../../platform/mail/mail-text.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';

export interface StaffInvitationParams {
  readonly name: string;
  readonly number: string;
  readonly expiresAt: Date;
}

/** To a member of staff who is to set a first password. */
export function renderStaffInvitation(params: StaffInvitationParams, context: MailContext): RenderedMail {
  return {
    subject: '職員用アカウントのご案内',
    body: layOut(
      `${params.name} 様`,
      paragraph(
        '会員用ページ（事務局）の職員用アカウントを用意しました。次の番号とコードで、パスワードを決めてください。',
      ),
      section(
        '番号とコード',
        inset(`番号　　${groupDigits(params.number, 3)}`, `コード　${CODE_SLOT}`),
        inset(context.publicUrl),
      ),
      paragraph(
        `期限は、${formatDateTimeJa(params.expiresAt)}です。過ぎたときは、もう一度案内を送るように、管理者に頼んでください。`,
      ),
      paragraph('パスワードは、15文字以上にしてください。'),
      deskBlock(context.registrationDesk),
    ),
  };
}
