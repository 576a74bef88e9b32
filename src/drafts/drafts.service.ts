import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { MemberActor, Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import type { DraftResponse, SaveDraftDto } from './draft.dto.js';
import { assertCanBeKept, isClerkOf } from './draft.policy.js';
import { DraftsRepository } from './drafts.repository.js';

/** Longer than a clerk is on leave, shorter than a post is held. */
const KEPT_DAYS = 90;

/**
 * 下書き: one for each registration, shared by all of its clerks, so that no one's typing goes over another's unseen.
 * It ends with the access of those who typed it, by 退会 or recovery. Saving leaves no trail: what isn't sent is nobody's business but theirs.
 */
@Injectable()
export class DraftsService {
  constructor(
    private readonly database: Database,
    private readonly repository: DraftsRepository,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'drafts.forget', run: () => this.forgetUntouched() });
  }

  /** @throws DomainError `not-found` when there is none, or for an id of another municipality */
  async get(viewer: Viewer, registrationId: string): Promise<DraftResponse> {
    return this.database.transaction(viewer, Permission.WriteDraft, async (tx) => {
      const draft = await this.repository.find(tx, registrationId);
      if (!draft) throw new DomainError('not-found');
      return draft;
    });
  }

  /**
   * Begins a draft, or replaces the one that the clerk saw.
   *
   * @param version what the clerk saw; null where there was none
   * @throws DomainError `if-match-required` (428) when there is one that the clerk didn't see, `stale-version` (412)
   *   when it is another or gone: both tell whose is there, or null; `too-large` (413), `invalid`, `not-found`
   */
  async save(
    viewer: Viewer,
    registrationId: string,
    version: number | null,
    { baseVersion, content }: SaveDraftDto,
  ): Promise<DraftResponse> {
    assertCanBeKept(content);
    return this.database.transaction(viewer, Permission.WriteDraft, async (tx) => {
      const { name, mailbox } = clerkOf(tx, registrationId);
      const draft = { registrationId, baseVersion, content, savedBy: name, savedByMailbox: mailbox };
      const saved =
        version === null
          ? await this.repository.insert(tx, draft)
          : await this.repository.replace(tx, draft, version);
      if (saved) return saved;
      const stored = await this.repository.find(tx, registrationId);
      throw conflict(version === null ? 'if-match-required' : 'stale-version', stored);
    });
  }

  /** @throws DomainError `stale-version` (412) telling whose is there; `not-found` when there is none */
  async remove(viewer: Viewer, registrationId: string, version: number): Promise<void> {
    await this.database.transaction(viewer, Permission.WriteDraft, async (tx) => {
      if (await this.repository.remove(tx, registrationId, version)) return;
      const stored = await this.repository.find(tx, registrationId);
      throw stored ? conflict('stale-version', stored) : new DomainError('not-found');
    });
  }

  /** For other rooms: what a clerk had typed has been sent. What a colleague saved last stays. */
  async discard(tx: Tx, registrationId: string): Promise<void> {
    if (tx.actor.kind === 'member') await this.repository.removeOf(tx, registrationId, tx.actor);
  }

  private async forgetUntouched(): Promise<void> {
    await this.database.asSystem('drafts', (tx) => this.repository.removeUntouched(tx, KEPT_DAYS));
  }
}

/** @throws DomainError `not-found` for a registration of another municipality */
function clerkOf({ actor }: Tx, registrationId: string): MemberActor {
  if (!isClerkOf(actor, registrationId)) throw new DomainError('not-found');
  return actor;
}

function conflict(code: 'if-match-required' | 'stale-version', stored: DraftResponse | null): DomainError {
  const { savedBy = null, savedAt = null } = stored ?? {};
  return new DomainError(code, { extensions: { savedBy, savedAt } });
}
