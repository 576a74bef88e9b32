import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '../credentials/password.js';
import { Totp } from '../credentials/totp.js';
import { SessionsService } from '../accounts/sessions.service.js';
import { ProposalsService } from '../change-requests/proposals.service.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { Keys } from '../config/keys.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Codes } from '../platform/mail/codes.js';
import { readMunicipalities } from '../registry/master-csv.js';
import { pointersOf, type RegistrationDocument } from '../registry/registration-document.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import {
  DEMO_EDITOR,
  DEMO_MEMBER_CODES,
  DEMO_STAFF,
  type DemoAccount,
  demoPassword,
} from './demo-accounts.js';
import { DEMO_ANNOUNCEMENTS } from './demo-announcements.js';
import { DemoAnnouncementsRepository } from './demo-announcements.repository.js';
import { DemoCampaignsRepository } from './demo-campaigns.repository.js';
import { DemoFreshnessRepository } from './demo-freshness.repository.js';
import { DEMO_PROPOSALS, type DemoProposal } from './demo-proposals.js';
import { buildDemoRegistrations, type DemoRegistration } from './demo-registrations.js';
import { type DemoMember, DemoRepository, type DemoRow } from './demo.repository.js';

/** Beside the sources, and beside what is built of them. */
const DATA_DIR =
  ['../../data/', '../../../data/']
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .find((folder) => existsSync(folder)) ?? '';

/** Fills an empty portal with invented registrations, staff, and some change requests that wait. */
@Injectable()
export class DemoSeed {
  constructor(
    private readonly database: Database,
    private readonly repository: DemoRepository,
    private readonly announcements: DemoAnnouncementsRepository,
    private readonly campaigns: DemoCampaignsRepository,
    private readonly freshness: DemoFreshnessRepository,
    private readonly registrations: RegistrationsService,
    private readonly sessions: SessionsService,
    private readonly proposals: ProposalsService,
    private readonly verifications: VerificationsService,
    private readonly codes: Codes,
    private readonly keys: Keys,
    private readonly totp: Totp,
  ) {}

  /** Where there is something already, adds staff that it lacks and no more. @returns the ways into the demo */
  async fill(): Promise<DemoAccount[]> {
    await this.fillTables('with a past');
    await this.propose();
    return this.accounts();
  }

  /** Staff and registrations alone, of which nobody has written or announced anything yet. @returns what there is */
  async fillRegister(): Promise<readonly DemoRow[]> {
    return this.fillTables('without');
  }

  private async fillTables(past: 'with a past' | 'without'): Promise<readonly DemoRow[]> {
    const rows = buildDemoRegistrations(readMunicipalities(DATA_DIR)).map(toRow);
    const staff = await Promise.all(
      DEMO_STAFF.map(async (person) => {
        const password = demoPassword(this.keys.codeSecret, person.email);
        return { ...person, id: uuidv7(), passwordHash: await hashPassword(password) };
      }),
    );
    await this.database.asSystem('demo', async (tx) => {
      await this.repository.lock(tx);
      const isEmpty = await this.repository.isEmpty(tx);
      await this.repository.insertAccounts(tx, staff);
      await this.repository.insertFactors(
        tx,
        staff.map(({ email }) => ({ id: uuidv7(), email })),
      );
      if (!isEmpty) return;
      await this.repository.insertRegistrations(tx, rows);
      await this.campaigns.stopStandingRule(tx);
      if (past === 'with a past') await this.fillPast(tx);
    });
    return rows;
  }

  private async fillPast(tx: Tx): Promise<void> {
    await this.freshness.insertCourse(tx);
    for (const announcement of DEMO_ANNOUNCEMENTS) {
      await this.announcements.insert(tx, announcement, DEMO_EDITOR);
    }
    await this.campaigns.insertPast(tx, yearOfLastCampaign(tx.today));
  }

  private async accounts(): Promise<DemoAccount[]> {
    const members = await this.findMembers(DEMO_MEMBER_CODES);
    const factors = await this.database.asSystem('demo', (tx) => this.repository.listFactors(tx));
    const secretOf = new Map(
      factors.map(({ email, factorId }) => [email, this.totp.setup(factorId, email).secret]),
    );
    return [
      ...members.map(({ name: _name, ...member }) => ({ role: 'member' as const, ...member })),
      ...DEMO_STAFF.map(({ role, email }) => ({
        role,
        email,
        password: demoPassword(this.keys.codeSecret, email),
        totpSecret: secretOf.get(email),
      })),
    ];
  }

  private findMembers(codes: readonly string[]): Promise<DemoMember[]> {
    return this.database.asSystem('demo', (tx) => this.repository.findMemberAccounts(tx, codes));
  }

  /** Sends the waiting change requests the way a clerk does, so that their mails and trail are real. */
  private async propose(): Promise<void> {
    const untouched = await this.database.asSystem('demo', (tx) =>
      this.repository.findUntouched(tx, [...DEMO_PROPOSALS.keys()]),
    );
    for (const member of await this.findMembers(untouched)) {
      const proposal = DEMO_PROPOSALS.get(member.municipalityCode);
      if (proposal) await this.proposeAs(member, proposal);
    }
  }

  private async proposeAs(member: DemoMember, proposal: DemoProposal): Promise<void> {
    const viewer = await this.signIn(member);
    const current = await this.registrations.get(viewer, member.registrationId);
    const { mainPhone, primaryDepartmentId, departments, contacts } = current;
    const proposed = proposal.change({ mainPhone, primaryDepartmentId, departments, contacts });
    const sent = await this.proposals
      .submit(viewer, current.id, current.version, { proposed, comment: proposal.comment })
      .catch((error: unknown) => {
        // A second demo that starts on the same folder was quicker.
        if (error instanceof DomainError && error.code === 'open-request-exists') return null;
        throw error;
      });
    if (!sent || !proposal.verified) return;
    for (const { id } of sent.verifications) {
      await this.verifications.verify({ id }, this.codes.derive('verify-address', id), 'demo');
    }
  }

  private async signIn(member: DemoMember): Promise<SessionViewer> {
    const { registrationId, email: mailbox } = member;
    const operatorName = member.name ?? '担当者';
    const session = await this.database.asSystem('demo', (tx) =>
      this.sessions.open(tx, { registrationId, mailbox, operatorName }),
    );
    return { kind: 'session', sessionId: session.id };
  }
}

/** Its July is over. */
const yearOfLastCampaign = (today: string): number =>
  Number(today.slice(0, 4)) - (today.slice(5) > '07-31' ? 0 : 1);

function toRow(demo: DemoRegistration): DemoRow {
  const departments = demo.departments.map((department) => ({ id: uuidv7(), ...department }));
  const primary = departments.find(({ isPrimary }) => isPrimary) ?? departments[0];
  if (!primary) throw new Error(`the demo registration of ${demo.municipalityCode} has no department`);
  const document: RegistrationDocument = {
    mainPhone: demo.mainPhone,
    primaryDepartmentId: primary.id,
    departments: departments.map(({ isPrimary: _primary, contacts: _contacts, ...department }) => department),
    contacts: departments.flatMap(({ id: departmentId, contacts }) =>
      contacts.map((contact) => ({ id: uuidv7(), departmentId, ...contact })),
    ),
  };
  return {
    id: uuidv7(),
    municipalityCode: demo.municipalityCode,
    document,
    confirmedDaysAgo: demo.confirmedDaysAgo,
    confirmedBy: document.contacts[0]?.name ?? primary.name,
    pointers: pointersOf(document),
  };
}
