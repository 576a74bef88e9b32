import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { publicNameOf } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { violatesUnique } from '../platform/database/postgres-error.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { AdmissionsRepository, type EndedRegistration } from './admissions.repository.js';
import { MunicipalitiesRepository } from './municipalities.repository.js';
import { parseMunicipalityCode } from './municipality-code.js';
import { type Change, diffRegistrations } from './registration-diff.js';
import { mailboxesOf, pointersOf, type RegistrationDocument } from './registration-document.js';
import type { VersionCause } from './registration.entity.js';
import { type CurrentRegistration, RegistrationsRepository } from './registrations.repository.js';
import { registered } from './registry.messages.js';

/** A municipality that can become a member, by its code in full. */
export interface Candidate {
  readonly code: string;
  /** `北海道音更町` */
  readonly name: string;
}

export interface Admission {
  readonly municipality: Candidate;
  readonly document: RegistrationDocument;
  /** As the person named themselves. */
  readonly proposedBy: string;
  readonly decidedBy: string;
  /** 受付番号 of the municipality's application; null where staff register on their own word. */
  readonly receiptNumber: string | null;
}

/** An admission that has its place: a new registration, or the one that comes back. */
interface Begun extends Admission {
  readonly id: string;
  readonly version: number;
  /** Against the version before the return; null where there is none. */
  readonly changes: readonly Change[] | null;
}

/** How memberships begin, end and begin again. A municipality keeps one registration, so that its history is one line. */
@Injectable()
export class AdmissionsService {
  constructor(
    private readonly repository: AdmissionsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly municipalities: MunicipalitiesRepository,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /**
   * @param typedCode 5 or 6 digits, at `/municipalityCode` of the body
   * @throws DomainError `invalid` for a wrong code and for a municipality that has ended, `already-registered`
   */
  async requireCandidate(tx: Tx, typedCode: string): Promise<Candidate> {
    const { registered, ...candidate } = await this.requireMunicipality(tx, typedCode);
    if (registered) throw new DomainError('already-registered');
    return candidate;
  }

  /**
   * @param typedCode 5 or 6 digits, at `/municipalityCode` of the body
   * @throws DomainError `invalid` for a wrong code and for a municipality that has ended
   */
  async requireMunicipality(tx: Tx, typedCode: string): Promise<Candidate & { registered: boolean }> {
    const code = parseMunicipalityCode(typedCode);
    const found = code === null ? null : await this.municipalities.find(tx, code, tx.today);
    if (found === null) {
      throw invalidField(
        '/municipalityCode',
        'municipality-code',
        '全国地方公共団体コードをお確かめください。',
      );
    }
    return { code: found.code, name: found.prefecture + found.name, registered: found.registered };
  }

  /**
   * Registers a municipality, or brings back its registration after 退会, and invites its mailboxes.
   *
   * @returns the registration's id
   * @throws DomainError `already-registered`
   */
  async admit(tx: Tx, admission: Admission): Promise<string> {
    try {
      const ended = await this.repository.lockEnded(tx, admission.municipality.code);
      return ended ? await this.bringBack(tx, ended, admission) : await this.insert(tx, admission);
    } catch (error) {
      // Somebody else was faster.
      if (!violatesUnique(error, 'registration_one_active_per_municipality')) throw error;
      throw new DomainError('already-registered');
    }
  }

  /**
   * 退会. What is registered stays as it was, for the record; nobody can act for the municipality any more.
   *
   * @param current as read after it was locked
   * @returns the new version
   * @throws DomainError `registration-withdrawn`
   */
  async withdraw(tx: Tx, current: CurrentRegistration, reason: string): Promise<number> {
    const version = await this.repository.withdraw(tx, current.id, current.version, reason);
    if (version === null) throw new DomainError('registration-withdrawn');
    await this.registrations.insertVersion(tx, current.id, {
      version,
      document: await this.repository.lastDocument(tx, current.id),
      changes: [],
      effectiveOn: tx.today,
      cause: 'withdrawal',
      changeRequestId: null,
      proposedBy: publicNameOf(tx.actor),
      decidedBy: tx.actor.name,
    });
    return version;
  }

  private async insert(tx: Tx, admission: Admission): Promise<string> {
    const { municipality, document } = admission;
    const id = uuidv7();
    await this.registrations.insert(tx, id, municipality.code, document);
    await this.audit.record(tx, 'registration.created', {
      subjectId: id,
      registrationId: id,
      details: { municipalityCode: municipality.code },
      personal: { mailboxes: mailboxesOf(document) },
    });
    await this.write(tx, { ...admission, id, version: 1, changes: null });
    return id;
  }

  private async bringBack(tx: Tx, ended: EndedRegistration, admission: Admission): Promise<string> {
    const { municipality, document } = admission;
    const { id } = ended;
    await this.repository.endDepartmentsAndContacts(tx, id, tx.today);
    await this.repository.setFreshnessAside(tx, id, ended.version);
    const version = await this.repository.bringBack(tx, id, document);
    await this.audit.record(tx, 'registration.returned', {
      subjectId: id,
      registrationId: id,
      details: { municipalityCode: municipality.code, version },
      personal: { mailboxes: mailboxesOf(document) },
    });
    const changes = diffRegistrations(ended.document, document);
    await this.write(tx, { ...admission, id, version, changes });
    return id;
  }

  /** What both ways have in common: departments, people, history, freshness and the invitation. */
  private async write(tx: Tx, begun: Begun): Promise<void> {
    const { id, document, version, changes, proposedBy, decidedBy } = begun;
    await this.registrations.putDepartments(tx, id, document.departments, tx.today);
    await this.registrations.putContacts(tx, id, document.contacts, tx.today);
    await this.registrations.insertVersion(tx, id, {
      version,
      document,
      changes: [...(changes ?? [])],
      effectiveOn: tx.today,
      cause: causeOf(begun),
      changeRequestId: null,
      proposedBy,
      decidedBy,
    });
    if (begun.receiptNumber !== null) {
      // The municipality itself has just said all of it.
      await this.registrations.refresh(tx, id, pointersOf(document), {
        by: proposedBy,
        method: 'change',
      });
      await this.registrations.setConfirmed(tx, id);
    }
    await this.invite(tx, begun);
  }

  private async invite(tx: Tx, begun: Begun): Promise<void> {
    const { id, version, document, municipality, receiptNumber, changes } = begun;
    const params = { municipality: municipality.name, document, receiptNumber, returning: changes !== null };
    const occasion = `${id}:${version}`;
    const mails = mailboxesOf(document).map((to) =>
      outgoing({ message: registered, to, params, occasion, registrationId: id }),
    );
    await this.outbox.add(tx, mails);
  }
}

function causeOf({ changes, receiptNumber }: Begun): VersionCause {
  if (changes !== null) return 'return';
  return receiptNumber === null ? 'registration' : 'application';
}
