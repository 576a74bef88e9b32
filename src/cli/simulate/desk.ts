import { AnswersService } from '../../campaigns/answers.service.js';
import { CallsService } from '../../campaigns/calls.service.js';
import type { CampaignPlanDto } from '../../campaigns/campaign.dto.js';
import { CampaignSettingsService } from '../../campaigns/campaign-settings.service.js';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { RunningService } from '../../campaigns/running.service.js';
import type { RecordTargetCallDto } from '../../campaigns/target.dto.js';
import type { CallWay } from '../../campaigns/target.entity.js';
import { DomainError } from '../../platform/http/domain-error.js';
import type { SimulatedPortal } from './portal.js';
import type { Ticket } from './ticket.js';
import type { StaffDoor } from './staff-door.js';

/** What the office does about the register: nothing, one mail a year as peers do, or the portal's own ladder. */
export type Regime = 'none' | 'yearly' | 'ladder';

export type ChangeLadder = (ladder: CampaignPlanDto) => CampaignPlanDto;

/** A municipality on one of the two lists. */
export interface ListedCall {
  readonly campaignId: string;
  readonly registrationId: string;
  readonly version: number;
  readonly nextOn: string | null;
  readonly calls: number;
  readonly letters: number;
}

type Outcome = Pick<RecordTargetCallDto, 'way' | 'outcome'> &
  Partial<Pick<RecordTargetCallDto, 'nextOn' | 'version'>>;

/** The room of campaigns, as people of the office and of town halls meet it. */
export class CampaignDesk {
  private campaignId: string | null = null;

  constructor(
    private readonly portal: SimulatedPortal,
    private readonly door: StaffDoor,
  ) {}

  /**
   * Plans and starts what the regime has. The standing rule is off, so that each regime is what its name says.
   *
   * @param change makes another ladder of the portal's own, to compare the two
   */
  async begin(regime: Regime, change: ChangeLadder = (ladder) => ladder): Promise<void> {
    const { app } = this.portal;
    const admin = await this.door.open('admin');
    const { version } = await app.get(CampaignSettingsService).get(admin);
    await app.get(CampaignSettingsService).change(admin, version, { standingRule: false });
    if (regime === 'none') return;
    const viewer = await this.door.open('caller');
    const campaigns = app.get(CampaignsService);
    const ladder = await campaigns.propose(viewer);
    const draft = await campaigns.create(viewer, regime === 'yearly' ? oneMail(ladder) : change(ladder));
    await app.get(RunningService).start(viewer, draft.id, draft.version);
    this.campaignId = draft.id;
  }

  /** Instants of a day at which a step falls due. @param date `YYYY-MM-DD` */
  async dueOn(date: string): Promise<string[]> {
    const rows = await this.portal.database.asSystem('simulation', (tx) =>
      tx.query<{ dueAt: Date }>(
        `SELECT DISTINCT s.due_at AS "dueAt" FROM campaign_step s JOIN campaign c ON c.id = s.campaign_id
          WHERE c.state = 'running' AND s.done_at IS NULL AND s.overtaken_at IS NULL
            AND (s.due_at AT TIME ZONE 'Asia/Tokyo')::date = $1 ORDER BY 1`,
        [date],
      ),
    );
    return rows.map(({ dueAt }) => dueAt.toISOString());
  }

  /** Whether the question still waits for an answer. */
  async isOpen(campaignId: string, registrationId: string): Promise<boolean> {
    const rows = await this.portal.database.asSystem('simulation', (tx) =>
      tx.query(
        `SELECT FROM campaign_target
          WHERE campaign_id = $1 AND registration_id = $2 AND answered_at IS NULL AND left_at IS NULL`,
        [campaignId, registrationId],
      ),
    );
    return rows.length > 0;
  }

  /** 変更はありません, with the number and the code that stood in the mail. */
  async confirm({ number, code }: Ticket, name: string): Promise<void> {
    const answers = this.portal.app.get(AnswersService);
    await answers
      .confirm(number, { code, answer: 'unchanged', name }, networkOf(number))
      .catch((error: unknown) => {
        // The mail lists what is registered no longer; whoever is asked again looks again.
        if (!(error instanceof DomainError) || error.code !== 'registration-changed-since') throw error;
      });
  }

  /** 電話リスト or 郵送リスト, most pressing first. */
  async list(way: CallWay): Promise<ListedCall[]> {
    const { campaignId } = this;
    if (campaignId === null || !(await this.hasListed(campaignId))) return [];
    const { items } = await this.portal.app
      .get(CallsService)
      .list(await this.door.open('caller'), campaignId, { way });
    return items.map(({ registrationId, version, nextOn, calls }) => ({
      campaignId,
      registrationId,
      version,
      nextOn,
      calls: calls.filter((call) => call.way === 'phone').length,
      letters: calls.filter((call) => call.way === 'letter').length,
    }));
  }

  async record({ campaignId, registrationId }: ListedCall, outcome: Outcome): Promise<void> {
    const viewer = await this.door.open('caller');
    await this.portal.app
      .get(CallsService)
      .record(viewer, campaignId, registrationId, { note: null, nextOn: null, ...outcome });
  }

  /** Most days nobody is on a list: nobody looks at it then. */
  private async hasListed(campaignId: string): Promise<boolean> {
    const rows = await this.portal.database.asSystem('simulation', (tx) =>
      tx.query(
        `SELECT FROM campaign_target WHERE campaign_id = $1 AND answered_at IS NULL AND left_at IS NULL
            AND (to_call_at IS NOT NULL OR to_write_at IS NOT NULL) LIMIT 1`,
        [campaignId],
      ),
    );
    return rows.length > 0;
  }
}

/** As peers do it: the ladder's ask on the ladder's day, to the ladder's recipients, and nothing more. */
const oneMail = (ladder: CampaignPlanDto): CampaignPlanDto => ({
  ...ladder,
  steps: ladder.steps.filter(({ template }) => template === 'ask'),
});

/** Every town hall calls from a network of its own (RFC 3849: for documentation). */
const networkOf = (number: string): string =>
  `2001:db8:${number.slice(0, 4)}:${number.slice(4, 8) || '0'}::1`;
