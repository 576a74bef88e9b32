import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import { parseTypedNumber } from '../platform/http/typed-number.pipe.js';
import { likePatterns } from '../platform/text/search-text.js';
import type { CampaignProgressResponse } from './campaign.dto.js';
import type { CampaignAudience } from './campaign-audience.js';
import type { StepTemplate } from './ladder.js';
import type { LeftOutResponse } from './preview.dto.js';
import {
  ADD,
  ADD_LEFT_OUT,
  ADD_STALE,
  ASKED_BY_THE_RULE,
  CHECKING,
  LIST,
  MEANT,
  OPEN,
  PREFECTURES,
  PROGRESS,
  STALE,
  TAKE_OVER,
  UNDELIVERABLE,
} from './target-sql.js';
import type {
  AskedQuestionResponse,
  DayProgressResponse,
  PrefectureProgressResponse,
  TargetResponse,
  TargetsQuery,
} from './target.dto.js';

/** Whom a campaign would ask, and why not. */
export interface MeantFor {
  readonly registrationId: string;
  readonly municipality: string;
  /** null: it is asked. */
  readonly leftOut: LeftOutResponse['reason'] | null;
}

/** What starting it came to. */
export interface Started {
  readonly targets: number;
  readonly before: number;
  readonly askedAlready: number;
}

/** One that is to be asked now, locked against whatever would end its question. */
export interface ToAsk {
  readonly registrationId: string;
  readonly number: string;
}

/** Who is asked, and what became of it. */
@Injectable()
export class TargetsRepository {
  /** In the order of their municipalities' codes. @param countsFrom `YYYY-MM-DD` */
  listMeantFor(tx: Tx, audience: CampaignAudience, countsFrom: string): Promise<MeantFor[]> {
    return tx.query(
      `WITH ${MEANT}
       SELECT id AS "registrationId", municipality,
              CASE WHEN ended THEN 'municipality-ended' WHEN said_at IS NOT NULL THEN 'before'
                   WHEN asked THEN 'asked-already' END AS "leftOut"
         FROM meant ORDER BY code`,
      [JSON.stringify(audience), countsFrom],
    );
  }

  /** Whom it still asks, in the same order. */
  listOpen(tx: Tx, campaignId: string): Promise<MeantFor[]> {
    return tx.query(
      `SELECT t.registration_id AS "registrationId", p.name || m.name AS municipality, NULL AS "leftOut"
         FROM campaign_target t
         JOIN registration g ON g.id = t.registration_id
         JOIN municipality m ON m.code = g.municipality_code
         JOIN prefecture p ON p.code = m.prefecture_code
        WHERE t.campaign_id = $1 AND ${OPEN} AND NOT ${CHECKING} ORDER BY m.code`,
      [campaignId],
    );
  }

  /**
   * Lets everybody who is confirming or changing a registration at this instant end first, and whoever comes after wait:
   * what they say stands before the targets are written down, or ends one of them. It is never lost between the two.
   */
  async lockRegistrations(tx: Tx): Promise<void> {
    await tx.query(`SELECT FROM registration WHERE status = 'active' ORDER BY id FOR SHARE`);
  }

  /**
   * Writes down whom it asks, behind {@link lockRegistrations}. Who has answered since the first day that counts is in
   * with that answer. Whom another campaign of the office asks is left out, which the unique index decides; whom the
   * standing rule asks is taken over from it.
   */
  async add(tx: Tx, campaignId: string, audience: CampaignAudience, countsFrom: string): Promise<Started> {
    const rule = [JSON.stringify(audience), countsFrom];
    // Whom it means is worked out anew for each statement: only for those that have something to do.
    const [standing] = await tx.query(ASKED_BY_THE_RULE);
    if (standing) await tx.execute(TAKE_OVER, rule);
    const [row] = await tx.query<Started & { meant: number }>(ADD, [...rule, campaignId]);
    const { meant, targets, before } = row ?? { meant: 0, targets: 0, before: 0 };
    const askedAlready = meant > targets ? await tx.execute(ADD_LEFT_OUT, [...rule, campaignId]) : 0;
    return { targets, before, askedAlready };
  }

  /** The same for the standing rule: whom nobody has heard of for long and nobody asks. @returns how many */
  async addStale(tx: Tx, campaignId: string, countsFrom: string): Promise<number> {
    return tx.execute(ADD_STALE, [campaignId, countsFrom]);
  }

  async countStale(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${STALE}) stale`);
    return row?.n ?? 0;
  }

  /** Ends the questions of municipalities that exist no longer, whoever follows them. */
  async leaveEnded(tx: Tx, campaignId: string): Promise<void> {
    await tx.execute(
      `UPDATE campaign_target t SET left_at = now(), left_because = 'municipality-ended', next_on = NULL
         FROM registration g JOIN municipality m ON m.code = g.municipality_code
        WHERE t.campaign_id = $1 AND ${OPEN} AND g.id = t.registration_id AND m.valid_to <= today_in_tokyo()`,
      [campaignId],
    );
  }

  /** Ends what is open. @returns how many there were */
  closeOpen(tx: Tx, campaignId: string): Promise<number> {
    return tx.execute(
      `UPDATE campaign_target t SET left_at = now(), left_because = 'closed', next_on = NULL
        WHERE t.campaign_id = $1 AND ${OPEN}`,
      [campaignId],
    );
  }

  /**
   * Whom a step is to go to now: open, and without a change request on its way. Locked, so that an answer that comes at
   * this instant either stands before or comes after the mail.
   */
  listToAsk(tx: Tx, campaignId: string): Promise<ToAsk[]> {
    return tx.query(
      `SELECT t.registration_id AS "registrationId", t.number
         FROM campaign_target t
        WHERE t.campaign_id = $1 AND ${OPEN} AND NOT ${CHECKING}
        ORDER BY t.registration_id FOR UPDATE OF t`,
      [campaignId],
    );
  }

  /** Puts who is open onto a list for people. @returns how many came onto it */
  putOnList(tx: Tx, campaignId: string, list: Extract<StepTemplate, 'phone' | 'letter'>): Promise<number> {
    const column = LISTS[list];
    return tx.execute(
      `UPDATE campaign_target t SET ${column} = now()
        WHERE t.campaign_id = $1 AND ${OPEN} AND NOT ${CHECKING} AND ${column} IS NULL`,
      [campaignId],
    );
  }

  /** Puts onto 電話リスト whom no mail can be addressed to. */
  async putUnaddressableOnList(
    tx: Tx,
    campaignId: string,
    registrationIds: readonly string[],
  ): Promise<void> {
    await tx.execute(
      `UPDATE campaign_target t SET to_call_at = now()
        WHERE t.campaign_id = $1 AND t.registration_id = ANY ($2) AND t.to_call_at IS NULL AND ${OPEN}`,
      [campaignId, registrationIds],
    );
  }

  /** Puts onto 電話リスト at once whom no mail that asks reaches. Mails that failed are looked for first: they are few. */
  async putUnreachedOnList(tx: Tx, campaignId: string): Promise<void> {
    const failed = await tx.query<{ id: string }>(
      `SELECT o.id FROM outbox_message o WHERE starts_with(o.kind, 'campaign.') AND ${UNDELIVERABLE}`,
    );
    if (failed.length === 0) return;
    await tx.execute(
      `UPDATE campaign_target t SET to_call_at = now()
        WHERE t.campaign_id = $1 AND t.to_call_at IS NULL AND ${OPEN}
          AND t.registration_id IN (
            SELECT r.registration_id
              FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id AND s.template <> 'pre-notice'
             WHERE r.campaign_id = $1
             GROUP BY r.registration_id HAVING bool_and(r.mail_id = ANY ($2)))`,
      [campaignId, failed.map(({ id }) => id)],
    );
  }

  /** How many have come onto each of the lists, also those who have answered since. */
  async countListed(tx: Tx, campaignId: string): Promise<{ phone: number; letter: number }> {
    const [row] = await tx.query<{ phone: number; letter: number }>(
      `SELECT count(to_call_at)::int AS phone, count(to_write_at)::int AS letter
         FROM campaign_target WHERE campaign_id = $1`,
      [campaignId],
    );
    return row ?? { phone: 0, letter: 0 };
  }

  async progress(tx: Tx, campaignId: string): Promise<CampaignProgressResponse> {
    const [row] = await tx.query<CampaignProgressResponse>(PROGRESS, [campaignId]);
    if (!row) throw new Error('a count gives a row');
    return row;
  }

  listPrefectures(tx: Tx, campaignId: string): Promise<PrefectureProgressResponse[]> {
    return tx.query(PREFECTURES, [campaignId]);
  }

  listDays(tx: Tx, campaignId: string): Promise<DayProgressResponse[]> {
    return tx.query(
      `SELECT to_char(answered_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD') AS date,
              count(*) FILTER (WHERE answer <> 'phone')::int AS "byThemselves",
              count(*) FILTER (WHERE answer = 'phone')::int AS "byPhone"
         FROM campaign_target WHERE campaign_id = $1 AND answered_at IS NOT NULL GROUP BY 1 ORDER BY 1`,
      [campaignId],
    );
  }

  /** In the order of their municipalities' codes. @param after the last code seen */
  async list(
    tx: Tx,
    campaignId: string,
    query: TargetsQuery & { after: string | null },
  ): Promise<{ rows: TargetResponse[]; total: number }> {
    const rows = await tx.query<TargetResponse & { total: number }>(LIST, [
      campaignId,
      likePatterns(query.q),
      query.prefecture ?? null,
      query.status ?? null,
      query.after,
      query.limit + 1,
      parseTypedNumber(query.q ?? ''),
    ]);
    return counted(rows, ({ registrationId }) => (registrationId as string | null) !== null);
  }

  /** What the viewer's own municipality is asked. */
  async findOwnQuestion(tx: Tx): Promise<AskedQuestionResponse | null> {
    const [row] = await tx.query<AskedQuestionResponse>(
      `SELECT c.title, c.deadline::text AS deadline, c.counts_from::text AS "countsFrom"
         FROM campaign_target t JOIN campaign c ON c.id = t.campaign_id
        WHERE t.registration_id = (SELECT viewer_registration()) AND ${OPEN} AND c.state = 'running'
          AND t.counts_from <= now()`,
    );
    return row ?? null;
  }
}

const LISTS = { phone: 'to_call_at', letter: 'to_write_at' } as const;
