import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { usesOfPublicForm } from '../platform/limits/typed-codes.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { fiscalYearEra } from '../platform/text/japanese-date.js';
import { AdmissionsService } from '../registry/admissions.service.js';
import { mailboxesOf } from '../registry/registration-document.js';
import { NO_KNOWN_IDS, resolveProposal } from '../registry/registration-proposal.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import type {
  ApplicationPage,
  ApplicationResponse,
  ApplicationsQuery,
  AppliedResponse,
  ApplyDto,
} from './application.dto.js';
import { ApplicationMails } from './application.mails.js';
import { toResponse, toSummary } from './application.mapper.js';
import { applicantMailboxOf, mayApplyAgain } from './application.policy.js';
import { STATUS_LABELS } from './application.state.js';
import { type ApplicationRow, ApplicationsRepository } from './applications.repository.js';

/** 登録の申込み: anybody can send one, so nothing comes of it before every mailbox in it has answered. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApplicationsRepository,
    private readonly admissions: AdmissionsService,
    private readonly verifications: VerificationsService,
    private readonly mails: ApplicationMails,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /**
   * Mails a code to every mailbox of the proposed registration.
   *
   * @param network where it comes from
   * @throws DomainError `invalid`, also for a wrong code; `not-found` for an id that isn't a label;
   *   `already-registered`; `too-many-requests`
   */
  async apply(dto: ApplyDto, network: string): Promise<AppliedResponse> {
    const uses = usesOfPublicForm(network, dto.municipalityCode, mailboxesTypedIn(dto));
    return this.limits.during(uses, () => this.submit(dto));
  }

  private submit(dto: ApplyDto): Promise<AppliedResponse> {
    return this.database.asSystem('application', async (tx) => {
      const municipality = await this.admissions.requireCandidate(tx, dto.municipalityCode);
      const proposed = resolveProposal(dto.proposed, NO_KNOWN_IDS, '/proposed');
      const mailboxes = mailboxesOf(proposed);
      await this.refuseFlood(tx, municipality.code, mailboxes);
      const id = uuidv7();
      await this.repository.insert(tx, {
        id,
        era: fiscalYearEra(tx.today),
        municipalityCode: municipality.code,
        proposed,
        applicantName: dto.applicantName,
        applicantMailbox: applicantMailboxOf(proposed),
        comment: dto.comment,
      });
      const application = await this.requireRow(tx, id);
      await this.audit.record(tx, 'application.submitted', {
        subjectId: id,
        details: { number: application.number, municipalityCode: municipality.code },
        personal: { name: dto.applicantName, mailboxes },
      });
      const subject = { kind: 'application', id, registrationId: null } as const;
      await this.mails.codes(tx, application, await this.verifications.challenge(tx, subject, mailboxes));
      return toApplied(application, mailboxes);
    });
  }

  async list(viewer: Viewer, query: ApplicationsQuery): Promise<ApplicationPage> {
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ReadApplications, async (tx) => {
      const { rows, total } = await this.repository.list(tx, { ...query, after });
      const page = toPage(rows, query.limit, total, ({ sortKey, id }) => [sortKey, id], toSummary);
      // Of which municipality, its row tells.
      await noteReads(
        tx,
        'application.list',
        page.items.map(({ id }) => ({ id, registrationId: null })),
      );
      return page;
    });
  }

  async get(viewer: Viewer, id: string): Promise<ApplicationResponse> {
    return this.database.transaction(viewer, Permission.ReadApplications, async (tx) => {
      const row = await this.requireRow(tx, id);
      await noteReads(tx, 'application.read', [row]);
      return toResponse(row);
    });
  }

  /** Whoever applies chooses whom the portal mails. @throws DomainError `too-many-requests` */
  private async refuseFlood(tx: Tx, municipalityCode: string, mailboxes: readonly string[]): Promise<void> {
    await this.repository.lockSubmissions(tx);
    if (!mayApplyAgain(await this.repository.countUnverified(tx, municipalityCode))) {
      throw new DomainError('too-many-requests');
    }
    await this.verifications.assertMayMail(tx, mailboxes);
  }

  private async requireRow(tx: Tx, id: string): Promise<ApplicationRow> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return row;
  }
}

/** Without its id: what whoever applied goes on with are the codes. */
const toApplied = (
  { number, municipality, status, expiresAt }: ApplicationRow,
  awaiting: string[],
): AppliedResponse => ({
  number,
  municipality,
  status,
  statusLabel: STATUS_LABELS[status],
  awaiting,
  expiresAt,
});

/** As many mails as it can cause, before anything of it is judged. */
const mailboxesTypedIn = ({ proposed: { departments, contacts } }: ApplyDto): number =>
  new Set([...departments, ...contacts].flatMap(({ email }) => (email ? [email.toLowerCase()] : []))).size;
