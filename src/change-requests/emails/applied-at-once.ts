import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { changesText } from '../changes-text.js';
import { type ApprovedParams, resultFacts } from './approved.js';

export type AppliedAtOnceParams = Omit<ApprovedParams, 'reason' | 'undoReason' | 'effectiveOn'>;

/** To every registered mailbox: the change counts at once, and staff look over it afterwards. */
export function renderAppliedAtOnce(params: AppliedAtOnceParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届を受け付け、登録に反映しました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの登録情報の変更届を受け付け、登録に反映しました。担当者の氏名や職名などの変更は、すぐに反映し、事務局があとから内容を確認します。',
      ),
      inset(...resultFacts({ ...params, effectiveOn: null })),
      section('反映した内容', changesText(params.changes, 'applied')),
      section(
        '心当たりがないとき',
        paragraph(
          'この変更届に心当たりがないときや、反映した内容に違うところがあるときは、お電話でお知らせください。元に戻すことができます。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
