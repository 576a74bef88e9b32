import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { Outbox } from '../platform/outbox/outbox.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { tokyoDate } from '../platform/text/japanese-date.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import { callTask, overtakenTask } from './campaigns.tasks.js';
import { type CampaignRow, CampaignsRepository, type StepRow } from './campaigns.repository.js';
import { asks, daysOf, dueNow, isList, onTheirDays, TEMPLATE_LABELS } from './ladder.js';
import { LedgerRepository } from './ledger.repository.js';
import { mailsOf, nextStep, type StepFacts, type StepMail, toOutgoing } from './step-mails.js';
import { TargetsRepository, type ToAsk } from './targets.repository.js';

const hasMailbox = ({ document }: CurrentRegistration): boolean => document.departments.length > 0;

/** What the calendar does with campaigns: each step on its day, once, from what is registered then. */
@Injectable()
export class DueStepsService {
  constructor(
    private readonly campaigns: CampaignsRepository,
    private readonly targets: TargetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly registrations: RegistrationsService,
    private readonly office: OfficeSettingsService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly tasks: Tasks,
    jobs: Jobs,
    database: Database,
  ) {
    jobs.registerEach({
      name: 'campaigns.go-on',
      list: (tx) => campaigns.listStarted(tx),
      work: (tx, id) => this.goOn(tx, id),
    });
    jobs.register({
      name: 'campaigns.withdraw-mails',
      run: () =>
        database.asSystem('campaigns.withdraw-mails', async (tx) =>
          outbox.withdraw(tx, await ledger.listOfNoMoreUse(tx)),
        ),
    });
  }

  /** Everything that is due of one, in one transaction: a process that dies has done nothing, and the next does it. */
  private async goOn(tx: Tx, id: string): Promise<void> {
    const campaign = await this.campaigns.claimStarted(tx, id);
    if (!campaign) return;
    if (campaign.state === 'running') await this.takeSteps(tx, campaign);
    await this.keepTask(tx, campaign);
  }

  private async takeSteps(tx: Tx, campaign: CampaignRow): Promise<void> {
    const steps = await this.withTodaysDays(tx, campaign);
    await this.targets.leaveEnded(tx, campaign.id);
    const { go, overtaken } = dueNow(steps, tx.now);
    for (const step of overtaken) await this.leaveOut(tx, campaign, step);
    for (const step of go) await this.take(tx, { ...campaign, steps }, step);
    // Whom no mail reaches is called at once.
    await this.targets.putUnreachedOnList(tx, campaign.id);
  }

  /** A day that the office closes moves the steps behind it, also of a campaign that runs. */
  private async withTodaysDays(tx: Tx, campaign: CampaignRow): Promise<StepRow[]> {
    const days = daysOf(campaign.steps, await this.office.calendar(tx), campaign.countsFrom);
    const steps = onTheirDays(campaign.steps, days);
    const moved = steps.filter(({ dueAt }, at) => dueAt.getTime() !== campaign.steps[at]?.dueAt.getTime());
    await this.campaigns.setDue(tx, moved);
    return steps;
  }

  private async leaveOut(tx: Tx, { id, title }: CampaignRow, step: StepRow): Promise<void> {
    await this.campaigns.setOvertaken(tx, step.id);
    await this.tasks.open(tx, overtakenTask, {
      subjectId: step.id,
      registrationId: null,
      title: `${title}　${TEMPLATE_LABELS[step.template]}`,
    });
    await this.audit.record(tx, 'campaign.step-overtaken', {
      subjectId: id,
      details: { stepId: step.id, template: step.template },
      personal: null,
    });
  }

  private async take(tx: Tx, campaign: CampaignRow, step: StepRow): Promise<void> {
    const { municipalities, mails } = isList(step.template)
      ? { municipalities: await this.targets.putOnList(tx, campaign.id, step.template), mails: 0 }
      : await this.mail(tx, campaign, step);
    await this.campaigns.setDone(tx, step.id);
    await this.audit.record(tx, 'campaign.step-gone', {
      subjectId: campaign.id,
      details: { stepId: step.id, template: step.template, municipalities, mails },
      personal: null,
    });
  }

  private async mail(
    tx: Tx,
    campaign: CampaignRow,
    step: StepRow,
  ): Promise<{ municipalities: number; mails: number }> {
    const targets = await this.targets.listToAsk(tx, campaign.id);
    const registrations = await this.registrations.currentOf(
      tx,
      targets.map(({ registrationId }) => registrationId),
    );
    const addressable = registrations.filter(hasMailbox);
    // One that nobody can write to is no reason not to write to the others.
    const others = registrations.filter((registration) => !hasMailbox(registration));
    await this.targets.putUnaddressableOnList(
      tx,
      campaign.id,
      others.map(({ id }) => id),
    );
    const planned = mailsOf(addressable, step.recipients ?? 'department');
    const mails = await this.claim(tx, campaign, step, planned);
    // What couldn't be sent until now says less than what goes now.
    await this.outbox.withdraw(tx, await this.ledger.listWaitingBefore(tx, campaign.id, step.id));
    const facts = await this.factsOf(tx, campaign, step, targets, mails);
    await this.outbox.add(
      tx,
      mails.map((mail) => toOutgoing(mail, facts)),
    );
    const written = new Set(mails.flatMap(({ about }) => about.map(({ registration }) => registration.id)));
    return { municipalities: written.size, mails: mails.length };
  }

  /** The ledger decides which of them go: those, and of each that part, that isn't in it yet. */
  private async claim(tx: Tx, campaign: CampaignRow, step: StepRow, mails: StepMail[]): Promise<StepMail[]> {
    const rows = mails.flatMap(({ id, mailboxKey, about }) =>
      about.map(({ registration }) => ({ registrationId: registration.id, mailboxKey, mailId: id })),
    );
    const claimed = new Set(
      (await this.ledger.claim(tx, campaign.id, step.id, rows)).map(
        ({ registrationId, mailId }) => `${mailId} ${registrationId}`,
      ),
    );
    return mails
      .map((mail) => ({
        ...mail,
        about: mail.about.filter(({ registration }) => claimed.has(`${mail.id} ${registration.id}`)),
      }))
      .filter(({ about }) => about.length > 0);
  }

  private async factsOf(
    tx: Tx,
    campaign: CampaignRow,
    step: StepRow,
    targets: readonly ToAsk[],
    mails: readonly StepMail[],
  ): Promise<StepFacts> {
    const about = mails.flatMap((mail) => mail.about.map(({ registration }) => registration));
    const versions = new Map(about.map(({ id, version }) => [id, { registrationId: id, version }]));
    const questions = asks(step.template)
      ? await this.ledger.ask(tx, campaign.id, [...versions.values()])
      : [];
    const askStep = campaign.steps.find(({ template }) => template === 'ask');
    return {
      campaignId: campaign.id,
      step,
      deadline: campaign.deadline,
      today: tx.today,
      next: nextStep(campaign.steps, step),
      askOn: tokyoDate(askStep?.dueAt ?? tx.now),
      firstAsked: await this.ledger.listFirstAsked(tx, campaign.id, step.id),
      numbers: new Map(targets.map(({ registrationId, number }) => [registrationId, number])),
      questions: new Map(questions.map(({ registrationId, id }) => [registrationId, id])),
    };
  }

  /** The office has it among its tasks as long as somebody is to be called or written to, also while it rests. */
  private async keepTask(tx: Tx, { id, title, kind }: CampaignRow): Promise<void> {
    const { toCall, toWrite, open, checking } = await this.targets.progress(tx, id);
    if (toCall + toWrite > 0) {
      await this.tasks.open(tx, callTask, { subjectId: id, registrationId: null, title });
    } else {
      await this.tasks.close(tx, [callTask], id);
    }
    if (kind === 'standing' && open + checking === 0) await this.closeAnswered(tx, id);
  }

  /** Nobody looks after what the portal has begun by itself: it ends by itself. */
  private async closeAnswered(tx: Tx, id: string): Promise<void> {
    await this.campaigns.setState(tx, id, 'close');
    await this.audit.record(tx, 'campaign.closed', {
      subjectId: id,
      details: { unanswered: 0, because: 'all-answered' },
      personal: null,
    });
  }
}
