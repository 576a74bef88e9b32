import { Injectable } from '@nestjs/common';
import { Settings } from '../config/env.js';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { fillCodes } from '../platform/outbox/message.js';
import { SUBJECT_MARK } from '../platform/outbox/outbox.service.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { tokyoDate } from '../platform/text/japanese-date.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import { judgeCampaign } from './campaign.policy.js';
import { type CampaignRow, CampaignsRepository, type StepRow } from './campaigns.repository.js';
import { daysOf, hasGone, isList, onTheirDays, TEMPLATE_LABELS } from './ladder.js';
import type {
  LeftOutResponse,
  PreviewQuery,
  PreviewResponse,
  PreviewStepResponse,
  SampleMailResponse,
} from './preview.dto.js';
import { withGone } from './running.service.js';
import { mailsOf, nextStep, type StepMail, toOutgoing } from './step-mails.js';
import { type MeantFor, TargetsRepository } from './targets.repository.js';

const SAMPLES = 5;
const SHOWN = 20;
/** Stand where the real ones will be drawn when it starts, and made when it is sent. */
const NO_NUMBER = '000000000';
const NO_CODE = '（コード）';

/** A dry run: what a campaign would send, to whom and when, by what is registered now. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignsRepository,
    private readonly targets: TargetsRepository,
    private readonly registrations: RegistrationsService,
    private readonly office: OfficeSettingsService,
    private readonly settings: Settings,
  ) {}

  /** Sends nothing and writes nothing but that real mails were looked at. @throws DomainError `not-found` */
  async preview(viewer: Viewer, id: string, query: PreviewQuery): Promise<PreviewResponse> {
    return this.database.transaction(viewer, Permission.WriteCampaign, async (tx) => {
      const found = await this.campaigns.find(tx, id);
      if (!found) throw new DomainError('not-found');
      const days = daysOf(found.steps, await this.office.calendar(tx), found.countsFrom);
      const campaign = { ...found, steps: onTheirDays(found.steps, days) };
      const meant = await this.meantFor(tx, campaign);
      const asked = meant.filter(({ leftOut }) => leftOut === null);
      const registrations = await this.registrations.currentOf(
        tx,
        asked.map(({ registrationId }) => registrationId),
      );
      const shown = sampleStep(campaign, query.step);
      const mails = shown ? sampleMails(shown, registrations) : [];
      const samples = shown ? this.samples(campaign, shown, mails) : [];
      await noteReads(
        tx,
        'campaign.preview',
        idsIn(mails).map((registrationId) => ({ id: registrationId, registrationId })),
      );
      const judged = judgeCampaign(withGone(campaign), days, tx.now);
      return {
        problems: campaign.state === 'draft' ? judged : [],
        targets: asked.length,
        leftOut: leftOut(meant),
        steps: campaign.steps.map((step) => toStep(step, registrations)),
        sampleStep: shown?.id ?? null,
        samples,
      };
    });
  }

  /** Of a draft whom it would ask, of a running one whom it still asks. */
  private meantFor(tx: Tx, { id, state, audience, countsFrom }: CampaignRow): Promise<MeantFor[]> {
    return state === 'draft'
      ? this.targets.listMeantFor(tx, audience, countsFrom)
      : this.targets.listOpen(tx, id);
  }

  private samples(campaign: CampaignRow, step: StepRow, mails: readonly StepMail[]): SampleMailResponse[] {
    const ids = idsIn(mails);
    const facts = {
      campaignId: campaign.id,
      step,
      deadline: campaign.deadline,
      today: tokyoDate(step.dueAt),
      next: nextStep(campaign.steps, step),
      askOn: tokyoDate(campaign.steps.find(({ template }) => template === 'ask')?.dueAt ?? step.dueAt),
      firstAsked: askedOn(campaign, step, ids),
      numbers: new Map(ids.map((id) => [id, NO_NUMBER])),
      // Any id will do: its code isn't made.
      questions: new Map(ids.map((id) => [id, id])),
    };
    return mails.map((mail) => {
      const { message, params, to } = toOutgoing(mail, facts);
      const { subject, body } = message.render(params, this.settings);
      const [first] = mail.about;
      return {
        registrationId: first?.registration.id ?? '',
        municipality: mail.about
          .map(({ registration: { prefecture, municipality } }) => prefecture + municipality)
          .join('・'),
        recipient: to,
        subject: SUBJECT_MARK + subject,
        body: fillCodes(body, () => NO_CODE),
      };
    });
  }
}

/** As the mail will say it: that they were asked on the day of the ask. */
function askedOn({ steps }: CampaignRow, step: StepRow, ids: readonly string[]): Map<string, Date> {
  const ask = steps.find(({ template }) => template === 'ask');
  return ask && ask !== step ? new Map(ids.map((id) => [id, ask.dueAt])) : new Map();
}

function sampleStep({ steps }: CampaignRow, id: string | undefined): StepRow | null {
  if (id === undefined) return steps.find(({ template }) => template === 'ask') ?? null;
  const step = steps.find((candidate) => candidate.id === id);
  if (!step) throw new DomainError('not-found');
  return step;
}

function sampleMails(step: StepRow, registrations: readonly CurrentRegistration[]): StepMail[] {
  if (isList(step.template)) return [];
  return spread(mailsOf(registrations, step.recipients ?? 'department'), SAMPLES);
}

/** Everybody whom the mails show: one to a mailbox that serves several shows them all. */
const idsIn = (mails: readonly StepMail[]): string[] =>
  mails.flatMap(({ about }) => about.map(({ registration }) => registration.id));

function toStep(step: StepRow, registrations: readonly CurrentRegistration[]): PreviewStepResponse {
  const { dueAt } = step;
  const mails = step.recipients === null ? [] : mailsOf(registrations, step.recipients);
  return {
    id: step.id,
    template: step.template,
    label: TEMPLATE_LABELS[step.template],
    date: tokyoDate(dueAt),
    dueAt,
    gone: hasGone(step),
    municipalities: registrations.length,
    mails: mails.length,
    atDepartment: countAtDepartment(step, mails),
  };
}

function countAtDepartment({ recipients }: StepRow, mails: readonly StepMail[]): number {
  if (recipients !== 'primary' && recipients !== 'deputy') return 0;
  return mails.flatMap(({ about }) => about.filter(({ addressee }) => addressee.as === 'department')).length;
}

const REASONS: Readonly<Record<LeftOutResponse['reason'], string>> = {
  before: 'すでに回答済み',
  'asked-already': 'ほかの確認でお願い中',
  'municipality-ended': '合併などでなくなった自治体',
};

function leftOut(meant: readonly MeantFor[]): LeftOutResponse[] {
  return (Object.keys(REASONS) as LeftOutResponse['reason'][]).flatMap((reason) => {
    const municipalities = meant.filter((one) => one.leftOut === reason);
    if (municipalities.length === 0) return [];
    return [
      {
        reason,
        label: REASONS[reason],
        count: municipalities.length,
        municipalities: municipalities
          .slice(0, SHOWN)
          .map(({ registrationId, municipality }) => ({ registrationId, municipality })),
      },
    ];
  });
}

/** So many from beginning to end, at even distances. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)] as T);
}
