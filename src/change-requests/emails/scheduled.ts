import {
  addressee,
  deskBlock,
  honoured,
  inset,
  layOut,
  paragraph,
  section,
} from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';
import type { Change } from '../../registry/registration-diff.js';
import type { RefusedChange } from '../change-request.policy.js';
import { changesText, refusedText } from '../changes-text.js';

export interface ScheduledParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  /** Calendar date. */
  readonly effectiveOn: string;
  readonly reason: string | null;
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
}

/** To every mailbox that is registered: a handover has been looked at and waits for its date. */
export function renderScheduled(params: ScheduledParams, context: MailContext): RenderedMail {
  const day = formatDateWithEra(params.effectiveOn);
  return {
    subject: `引継ぎの届出を確認しました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        `特別区全国連携プロジェクトの担当者の引継ぎについて、届出の内容を確認しました。${day}に、登録に反映します。それまでは、いまの登録のままです。`,
      ),
      inset(`受付番号　　${params.number}`, `届け出た方　${honoured(params.name)}`, `反映する日　${day}`),
      section('反映する内容', changesText(params.changes, 'proposed')),
      params.refused.length > 0 ? section('反映しない内容と理由', refusedText(params.refused)) : null,
      params.reason === null ? null : section('事務局から', paragraph(params.reason)),
      section(
        '予定が変わったとき',
        paragraph('前の日までに、ログインして取り下げるか、お電話でお知らせください。'),
        inset(context.publicUrl),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
