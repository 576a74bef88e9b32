import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import { publicNameOf, type Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { decodeCursor, toPage, unreadableCursor } from '../platform/http/page.js';
import { once } from '../platform/idempotency/once.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { assertDate } from '../platform/http/period.js';
import { noteReads, type PersonalSubject } from '../platform/personal-reads/note-reads.js';
import { likePatterns } from '../platform/text/search-text.js';
import { AdmissionsService } from './admissions.service.js';
import { type Change, touchedPointers } from './registration-diff.js';
import { mailboxesOf, pointersOf, type RegistrationDocument } from './registration-document.js';
import { NO_KNOWN_IDS, resolveProposal } from './registration-proposal.js';
import type {
  ConfirmationResponse,
  CreateRegistrationDto,
  HistoryPage,
  HistoryQuery,
  RegistrationPage,
  RegistrationResponse,
  RegistrationsQuery,
} from './registration.dto.js';
import type { FreshnessMethod, VersionCause } from './registration.entity.js';
import { type CurrentRegistration, RegistrationsRepository } from './registrations.repository.js';
import { confirmed } from './registry.messages.js';

/** A decided change, to become the registration's next version. */
export interface NextVersion {
  readonly registrationId: string;
  readonly baseVersion: number;
  readonly document: RegistrationDocument;
  readonly changes: readonly Change[];
  readonly cause: VersionCause;
  readonly changeRequestId: string | null;
  /** The date from which it holds; left out: today. */
  readonly effectiveOn?: string | null;
  /** When the municipality said so; left out: now. */
  readonly confirmedAt?: Date | null;
  /** As the person named themselves. */
  readonly proposedBy: string;
  readonly decidedBy: string | null;
}

/** Who said that all of it is right. */
export interface Confirmer {
  /** As the municipality reads it: a clerk as they named themselves, or the office. */
  readonly name: string;
  /** As the trail has it. */
  readonly recordedAs: string;
  readonly method: 'confirmation' | 'phone';
}

/** 登録: read within one's scope, made by staff, confirmed by its members, changed only through a decision. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly database: Database,
    private readonly repository: RegistrationsRepository,
    private readonly admissions: AdmissionsService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  async list(viewer: Viewer, query: RegistrationsQuery): Promise<RegistrationPage> {
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ListRegistrations, async (tx) => {
      const { rows, total, freshMonths } = await this.repository.list(tx, {
        ...query,
        terms: likePatterns(query.q),
        after,
      });
      const page = toPage(
        rows as (RegistrationPage['items'][number] & { sort_key: string })[],
        query.limit,
        total,
        (row) => [row.sort_key, row.municipalityCode],
        ({ sort_key: _key, ...item }) => item,
      );
      await noteReads(tx, 'registration.list', page.items.map(peopleOf));
      return { ...page, freshMonths };
    });
  }

  async get(viewer: Viewer, id: string): Promise<RegistrationResponse> {
    return this.database.transaction(viewer, Permission.ReadRegistration, async (tx) => {
      await noteReads(tx, 'registration.read', [peopleOf({ id })]);
      return this.read(tx, id);
    });
  }

  /**
   * Registers a municipality on the staff's word and invites its mailboxes; after 退会 its registration comes back.
   *
   * @throws DomainError `invalid` for a wrong code, `already-registered`, `idempotency-key-reused`
   */
  async create(
    viewer: Viewer,
    dto: CreateRegistrationDto,
    request: IdempotentRequest | null = null,
  ): Promise<RegistrationResponse> {
    const { municipalityCode, ...proposed } = dto;
    return this.database.transaction(viewer, Permission.CreateRegistration, async (tx) => {
      const registration = await once(tx, request, async () => {
        const municipality = await this.admissions.requireCandidate(tx, municipalityCode);
        const id = await this.admissions.admit(tx, {
          municipality,
          document: resolveProposal(proposed, NO_KNOWN_IDS),
          proposedBy: publicNameOf(tx.actor),
          decidedBy: tx.actor.name,
          receiptNumber: null,
        });
        return this.read(tx, id);
      });
      // Also where it is the answer of before.
      await noteReads(tx, 'registration.create', [peopleOf(registration)]);
      return registration;
    });
  }

  /**
   * "All of this is still right": freshens every field. By telephone when a member of staff says so.
   *
   * @param version what the person saw
   * @throws DomainError `stale-version` (412), `registration-withdrawn`, `not-found`, `idempotency-key-reused`
   */
  async confirm(
    viewer: Viewer,
    id: string,
    version: number,
    request: IdempotentRequest | null = null,
  ): Promise<ConfirmationResponse> {
    return this.database.transaction(viewer, Permission.ConfirmRegistration, (tx) =>
      once(tx, request, async () => {
        await this.confirmWithin(tx, id, version, {
          name: publicNameOf(tx.actor),
          recordedAs: tx.actor.name,
          method: tx.actor.kind === 'member' ? 'confirmation' : 'phone',
        });
        return { version, lastConfirmedAt: tx.now };
      }),
    );
  }

  async history(viewer: Viewer, id: string, query: HistoryQuery): Promise<HistoryPage> {
    assertDate('asOf', query.asOf);
    const asOf = query.asOf ?? null;
    const before = decodeVersionCursor(query.cursor);
    return this.database.transaction(viewer, Permission.ReadRegistration, async (tx) => {
      if ((await this.repository.findMunicipalityName(tx, id)) === null) throw new DomainError('not-found');
      const { rows, total } = await this.repository.listVersions(tx, id, {
        before,
        asOf,
        limit: query.limit,
      });
      await noteReads(tx, 'registration.history', [peopleOf({ id })]);
      const staff = tx.actor.kind === 'staff';
      return toPage(
        rows,
        query.limit,
        total,
        (row) => [row.version],
        (row) => ({ ...row, decidedBy: staff ? row.decidedBy : null }),
      ) as unknown as HistoryPage;
    });
  }

  /**
   * For other rooms: "all of this is still right", in the transaction of whatever it came by.
   *
   * @param version what the person saw
   * @throws DomainError `stale-version` (412), `registration-withdrawn`, `not-found`
   */
  async confirmWithin(tx: Tx, id: string, version: number, by: Confirmer): Promise<void> {
    const current = await this.lockAtVersion(tx, id, version);
    await this.recordConfirmation(tx, current, by);
  }

  /**
   * For other rooms: some fields are still right, as somebody told the office on the telephone.
   *
   * @param pointers of fields whose freshness is kept
   * @throws DomainError `stale-version` (412), `registration-withdrawn`, `not-found`, `invalid` for what is no such field
   */
  async freshenByPhone(tx: Tx, id: string, version: number, pointers: readonly string[]): Promise<void> {
    const { document } = await this.lockAtVersion(tx, id, version);
    const known = new Set(pointersOf(document));
    if (pointers.some((pointer) => !known.has(pointer))) {
      throw invalidField(
        '/pointers',
        'unknown',
        '登録にない項目が含まれています。画面を開き直してください。',
      );
    }
    await this.repository.refresh(tx, id, pointers, { by: publicNameOf(tx.actor), method: 'phone' });
  }

  /** For other rooms: several as they are registered today, in the order of their municipalities' codes. */
  currentOf(tx: Tx, ids: readonly string[]): Promise<CurrentRegistration[]> {
    return this.repository.findMany(tx, ids);
  }

  /** For other rooms: the registration within the viewer's scope. @throws DomainError `not-found` */
  async require(tx: Tx, id: string): Promise<CurrentRegistration> {
    const found = await this.repository.find(tx, id);
    if (!found) throw new DomainError('not-found');
    return found;
  }

  /**
   * For other rooms: a municipality's registration, by the code that somebody typed.
   *
   * @throws DomainError `invalid` for a wrong code, `not-registered`
   */
  async requireActive(tx: Tx, typedCode: string): Promise<CurrentRegistration> {
    const id = await this.repository.findActiveId(
      tx,
      (await this.admissions.requireMunicipality(tx, typedCode)).code,
    );
    if (id === null) throw new DomainError('not-registered');
    return this.require(tx, id);
  }

  /** For other rooms: see {@link RegistrationsRepository.lock}. @throws DomainError `not-found` */
  async lock(tx: Tx, id: string): Promise<{ version: number; status: string }> {
    const locked = await this.repository.lock(tx, id);
    if (!locked) throw new DomainError('not-found');
    return locked;
  }

  /** For other rooms: `北海道音更町`. */
  async municipalityName(tx: Tx, id: string): Promise<string> {
    return (await this.repository.findMunicipalityName(tx, id)) ?? '';
  }

  /**
   * For other rooms: writes a decided change, with history and freshness, in the decision's own transaction.
   * A version never holds from a day before the version that it follows.
   *
   * @returns the new version
   * @throws DomainError `registration-moved` when it is no longer at the base version
   */
  async apply(tx: Tx, next: NextVersion): Promise<number> {
    const { registrationId, document, changes } = next;
    const version = await this.repository.advance(tx, registrationId, next.baseVersion, document);
    if (version === null) throw new DomainError('registration-moved');
    const touches = (root: string): boolean => changes.some(({ pointer }) => pointer.startsWith(root));
    const effectiveOn = next.effectiveOn ?? tx.today;
    if (touches('/departments/'))
      await this.repository.putDepartments(tx, registrationId, document.departments, effectiveOn);
    if (touches('/contacts/'))
      await this.repository.putContacts(tx, registrationId, document.contacts, effectiveOn);
    const method = METHODS[next.cause] ?? 'change';
    await this.repository.refresh(tx, registrationId, touchedPointers(changes), {
      by: next.proposedBy,
      method,
      at: next.confirmedAt ?? null,
    });
    await this.repository.insertVersion(tx, registrationId, {
      version,
      document,
      changes: [...changes],
      effectiveOn,
      cause: next.cause,
      changeRequestId: next.changeRequestId,
      proposedBy: next.proposedBy,
      decidedBy: next.decidedBy,
    });
    return version;
  }

  private async read(tx: Tx, id: string): Promise<RegistrationResponse> {
    const found = await this.repository.findWithFreshness(tx, id);
    if (!found) throw new DomainError('not-found');
    const { document, ...rest } = found.current;
    return { ...rest, ...document, freshness: found.freshness, ...found.rule } as RegistrationResponse;
  }

  private async lockAtVersion(tx: Tx, id: string, version: number): Promise<CurrentRegistration> {
    const locked = await this.repository.lock(tx, id);
    const current = locked && (await this.repository.find(tx, id));
    if (!current) throw new DomainError('not-found');
    assertActive(current);
    if (current.version !== version) throw new DomainError('stale-version');
    return current;
  }

  private async recordConfirmation(
    tx: Tx,
    current: CurrentRegistration,
    { name, recordedAs, method }: Confirmer,
  ): Promise<void> {
    const { id, version, document } = current;
    await this.repository.setConfirmed(tx, id);
    await this.repository.refresh(tx, id, pointersOf(document), { by: name, method });
    await this.audit.record(tx, 'registration.confirmed', {
      subjectId: id,
      registrationId: id,
      details: { version, method },
      personal: { name: recordedAs },
    });
    const municipality = current.prefecture + current.municipality;
    const params = { municipality, name, at: tx.now, method, document } as const;
    const occasion = uuidv7();
    const mails = mailboxesOf(document).map((to) =>
      outgoing({ message: confirmed, to, params, occasion, registrationId: id }),
    );
    await this.outbox.add(tx, mails);
  }
}

const peopleOf = ({ id }: { id: string }): PersonalSubject => ({ id, registrationId: id });

/** How fields are known to be right that something else than a clerk's own change has touched. */
const METHODS: Partial<Record<VersionCause, FreshnessMethod>> = { import: 'import', recovery: 'phone' };

/** @throws DomainError `registration-withdrawn` */
export function assertActive({ status }: { status: string }): void {
  if (status !== 'active') throw new DomainError('registration-withdrawn');
}

function decodeVersionCursor(cursor: string | undefined): number | null {
  const [version] = decodeCursor(cursor, 1) ?? [];
  if (version === undefined) return null;
  if (!/^\d{1,9}$/.test(version)) throw unreadableCursor();
  return Number(version);
}
