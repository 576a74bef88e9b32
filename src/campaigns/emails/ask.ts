import { addressee, deskBlock, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateJa, formatDateWithEra } from '../../platform/text/japanese-date.js';
import type { StepRecipients, StepTemplate } from '../ladder.js';
import {
  addresseeLines,
  type AskedRegistration,
  asTyped,
  byTelephone,
  howToConfirm,
  howToCorrect,
  municipalitiesOf,
  registered,
  whyHere,
} from '../asked.js';

export interface AskParams {
  readonly template: 'ask' | 'reminder' | 'final';
  /** In the office's words; null: in the template's. */
  readonly opening: string | null;
  readonly asked: readonly AskedRegistration[];
  /** Until when, `YYYY-MM-DD`. */
  readonly deadline: string;
  /** `YYYY-MM-DD` of the mail. */
  readonly today: string;
  /** When they were asked before, `YYYY-MM-DD`; null for the first time. */
  readonly askedOn: string | null;
  /** What comes if nobody answers; null where nothing does. */
  readonly next: NextStep | null;
}

export interface NextStep {
  readonly template: StepTemplate;
  readonly recipients: StepRecipients | null;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** To whom a step addresses: what is registered, and two ways to answer. */
export function renderAsk(params: AskParams, context: MailContext): RenderedMail {
  const { asked, deadline, today } = params;
  const late = today > deadline;
  return {
    subject: `${subjectOf(params, late)}（${municipalitiesOf(asked)}）`,
    body: layOut(
      addressee(...addresseeLines(asked)),
      paragraph(asTyped(params.opening ?? openingOf(params))),
      paragraph(
        late
          ? `期限の${formatDateWithEra(deadline)}を過ぎていますが、いまからでもお受けします。`
          : `期限は、${formatDateWithEra(deadline)}です。`,
      ),
      registered(asked),
      howToConfirm(asked, context.publicUrl),
      howToCorrect(context.publicUrl),
      withoutAnswer(params.next),
      whyHere(asked),
      byTelephone(asked),
      deskBlock(context.registrationDesk),
    ),
  };
}

const SUBJECTS: Readonly<Record<AskParams['template'], string>> = {
  ask: '登録内容の確認のお願い',
  reminder: '再度のお願い：登録内容の確認',
  final: '期限前のお願い：登録内容の確認',
};

/** One that goes after the deadline, as an outage lets it, is before none; and nobody is asked again who never was. */
function subjectOf({ template, askedOn }: AskParams, late: boolean): string {
  const told = late && template === 'final' ? 'reminder' : template;
  return SUBJECTS[told === 'reminder' && askedOn === null ? 'ask' : told];
}

const REQUEST =
  '特別区全国連携プロジェクトに登録されている内容が、いまも正しいか、ご確認をお願いします。1分ほどで終わります。';

/** How a mail begins where the office hasn't written it anew. */
export function openingOf({ template, askedOn }: Pick<AskParams, 'template' | 'askedOn'>): string {
  if (template === 'ask' || askedOn === null) return REQUEST;
  const before = `${formatDateJa(askedOn)}にもお願いしましたが、まだ回答をいただいていません。行き違いのときは、ご容赦ください。`;
  return `${REQUEST}\n\n${before}`;
}

const WHOM: Readonly<Record<StepRecipients, string>> = {
  primary: '担当者（正）の方',
  deputy: '担当者（副）の方（登録がないときは、主な担当部署）',
  department: '主な担当部署の所属アドレス',
  everyone: '登録のアドレスすべて',
};

/** What comes next, if anything does, and that nobody loses their registration by it. */
export const withoutAnswer = (next: NextStep | null): string =>
  section('回答がないとき', paragraph(`${next === null ? '' : comingUp(next)}登録は、そのまま残ります。`));

function comingUp({ template, recipients, date }: NextStep): string {
  const day = formatDateJa(date);
  if (template === 'phone') return `${day}から、お電話で確認します。`;
  if (template === 'letter') return `${day}に、郵便でお尋ねします。`;
  return `${day}に、${WHOM[recipients ?? 'department']}へ、もう一度お願いします。`;
}
