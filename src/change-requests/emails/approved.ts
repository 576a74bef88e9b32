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
import { formatDateTimeJa, formatDateWithEra } from '../../platform/text/japanese-date.js';
import type { Change } from '../../registry/registration-diff.js';
import { changesText } from '../changes-text.js';

export interface ApprovedParams {
  readonly municipality: string;
  readonly number: string;
  readonly at: Date;
  readonly name: string;
  readonly reason: string | null;
  /** Why staff took an earlier change back; null for anything else. */
  readonly undoReason: string | null;
  /** A handover's date, `YYYY-MM-DD`. */
  readonly effectiveOn: string | null;
  readonly changes: readonly Change[];
}

/** To every mailbox that is registered after the decision. */
export function renderApproved(params: ApprovedParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届を登録に反映しました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        params.effectiveOn === null
          ? '特別区全国連携プロジェクトの登録情報の変更届について、内容を確認し、登録に反映しました。'
          : '特別区全国連携プロジェクトの担当者の引継ぎについて、届出のとおり、登録に反映しました。',
      ),
      inset(...resultFacts(params)),
      section('反映した内容', changesText(params.changes, 'applied')),
      params.undoReason === null ? null : section('元に戻した理由', paragraph(params.undoReason)),
      params.reason === null ? null : section('事務局から', paragraph(params.reason)),
      section(
        '違うところがあるとき',
        paragraph(
          '反映した内容に違うところがあるときは、ログインして変更届を出すか、お電話でお知らせください。',
        ),
        inset(context.publicUrl),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}

/** What every result says first: which request, whose, and since when it counts. */
export const resultFacts = ({
  number,
  name,
  at,
  effectiveOn,
}: Pick<ApprovedParams, 'number' | 'name' | 'at' | 'effectiveOn'>): string[] => [
  `受付番号　　　${number}`,
  `届け出た方　　${honoured(name)}`,
  `反映した日時　${formatDateTimeJa(at)}`,
  ...(effectiveOn === null ? [] : [`引継ぎの日　　${formatDateWithEra(effectiveOn)}`]),
];
