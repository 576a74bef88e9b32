import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import type { RefusedChange } from '../change-request.policy.js';
import { changesText, refusedText } from '../changes-text.js';
import { type ApprovedParams, resultFacts } from './approved.js';

export interface PartlyApprovedParams extends ApprovedParams {
  readonly refused: readonly RefusedChange[];
}

/** To every mailbox that is registered after the decision: what was taken over, what wasn't, and why. */
export function renderPartlyApproved(params: PartlyApprovedParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届の一部を登録に反映しました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの登録情報の変更届について、内容を確認し、一部を登録に反映しました。反映しなかったところは、いまの登録のままです。',
      ),
      inset(...resultFacts(params)),
      section('反映した内容', changesText(params.changes, 'applied')),
      params.undoReason === null ? null : section('元に戻した理由', paragraph(params.undoReason)),
      section('反映しなかった内容と理由', refusedText(params.refused)),
      params.reason === null ? null : section('事務局から', paragraph(params.reason)),
      section(
        'このあと',
        paragraph(
          '反映しなかった内容も変更が必要なときは、理由をご確認のうえ、ログインして、もう一度変更届をお出しください。',
        ),
        inset(context.publicUrl),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
