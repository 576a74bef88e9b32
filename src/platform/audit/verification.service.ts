import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { GENESIS, type Head } from './chain.js';
import { type BrokenLink, faultOf, headFaultOf, type Link } from './chain.policy.js';
import { type ToldHead, VerificationRepository } from './verification.repository.js';

export interface Verification {
  /** The last link that was reached; of a whole chain its end. */
  readonly head: Head;
  /** How many heads that went out were compared. */
  readonly heads: number;
  /** How many events have had their personal values erased. */
  readonly erased: number;
  readonly broken: BrokenLink | null;
}

const BATCH = 1_000;
/** The sealer comes every few seconds. */
const SEALED_WITHIN_MINUTES = 10;

/** Whether the trail is what was sealed, and the chain what was told. Changes nothing. */
@Injectable()
export class AuditVerification {
  constructor(
    private readonly database: Database,
    private readonly repository: VerificationRepository,
  ) {}

  /**
   * Walks the chain from its beginning and stops at the first broken link.
   *
   * @param mailed a head that was kept outside the database, or null
   */
  async verify(mailed: Head | null = null): Promise<Verification> {
    // Before the walk: what goes out meanwhile may be of links that were not there to be walked.
    const told = await this.toldHeads(mailed);
    let head: Head = GENESIS;
    let erased = 0;
    for (let links: Link[] = []; ;) {
      links = await this.database.asSystem('audit-verification', (tx) =>
        this.repository.listLinks(tx, head.seq, BATCH),
      );
      for (const link of links) {
        const fault = faultOf(head, link) ?? headFaultAt(link, told);
        if (fault !== null) return { head, heads: told.length, erased, broken: brokenAt(link, fault) };
        if (link.personal?.digest === null) erased += 1;
        head = { seq: link.seq, hash: link.hash };
      }
      if (links.length < BATCH) break;
    }
    const broken = cutOff(head, told) ?? (await this.unsealed());
    return { head, heads: told.length, erased, broken };
  }

  private async toldHeads(mailed: Head | null): Promise<readonly ToldHead[]> {
    const kept = await this.database.asSystem('audit-verification', (tx) => this.repository.listHeads(tx));
    return mailed === null ? kept : [...kept, { ...mailed, from: 'the head that was given' }];
  }

  private async unsealed(): Promise<BrokenLink | null> {
    const { count, ...event } = await this.database.asSystem('audit-verification', (tx) =>
      this.repository.findUnsealed(tx, SEALED_WITHIN_MINUTES),
    );
    if (count === 0) return null;
    const many = count === 1 ? 'it was' : `it and ${count - 1} more were`;
    const fault = `${many} never sealed: no portal with its worker on has run since, or seals were removed`;
    return { seq: null, ...event, fault };
  }
}

function headFaultAt(link: Link, told: readonly ToldHead[]): string | null {
  for (const head of told) {
    const fault = head.seq === link.seq ? headFaultOf(head, link, head.from) : null;
    if (fault !== null) return fault;
  }
  return null;
}

/** Heads behind the end of the chain: the earliest of them tells where it is cut off. */
function cutOff(end: Head, told: readonly ToldHead[]): BrokenLink | null {
  const [first] = told.filter(({ seq }) => seq > end.seq).toSorted((a, b) => a.seq - b.seq);
  if (!first) return null;
  const fault = `${headFaultOf(first, null, first.from)}`;
  return { seq: end.seq + 1, eventId: null, occurredAt: null, type: null, fault };
}

const brokenAt = ({ seq, eventId, event }: Link, fault: string): BrokenLink => ({
  seq,
  eventId,
  occurredAt: event?.occurredAt ?? null,
  type: event?.type ?? null,
  fault,
});
