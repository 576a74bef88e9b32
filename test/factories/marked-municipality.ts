import type { AttachedResponse } from '../../src/announcements/attachment.dto.js';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import { type Answer, type CallOptions, Client } from '../setup/client.js';
import type { TestPortal } from '../setup/test-portal.js';
import { correctionOf, picked, publish } from './announcements.js';
import { attach } from './attachments.js';
import { start as startCampaign } from './campaigns.js';
import { apply, freeCode, proposalOf } from './applications.js';
import type { Things } from './calls.js';
import { signInMember, signInStaff, type SignedIn } from './people.js';
import { claim, claimOf, noteCall, verifiedClaim } from './recoveries.js';
import { buildDocument, createRegistration, type TestRegistration } from './registrations.js';

/** A municipality with rows of every kind, in which every word is marked: whoever reads the mark has read it. */
export interface MarkedMunicipality {
  readonly mark: string;
  readonly registration: TestRegistration;
  /** As it is now, after a change was taken over. */
  readonly document: RegistrationDocument;
  readonly clerk: SignedIn;
  readonly things: Required<Pick<Things, (typeof KINDS)[number]>>;
  /** Change requests besides: proposed and decided by staff; waiting for its date. */
  readonly ofStaff: string;
  readonly scheduled: string;
  /** The mark and every id of its rows. */
  readonly traces: readonly string[];
}

const KINDS = [
  'registration',
  'changeRequest',
  'task',
  'session',
  'recovery',
  'application',
  'verification',
  'challenge',
  'mail',
  'announcement',
  'attachment',
  'campaign',
  'askedNumber',
] as const;

/** @param mark in lower case and good for a host's name @param phone begins each of its telephone numbers */
export async function markMunicipality(
  portal: TestPortal,
  code: string,
  mark: string,
  phone: string,
): Promise<MarkedMunicipality> {
  const registration = await createRegistration(portal, code, markedDocument(mark, phone));
  const clerk = await signInMember(portal, registration, `${mark} clerk`);
  const [first, second] = [
    await signInStaff(portal, ['reviewer'], `${mark} first`),
    await signInStaff(portal, ['reviewer'], `${mark} second`),
  ];
  const desk = new Desk(registration, clerk, first, second, mark, phone);
  await desk.clerkPosts('/confirmations', { ifMatch: 1 }, 201);
  const ofStaff = await desk.takeOverProposalOfStaff();
  const document = { ...registration.document, mainPhone: `${phone}-0002` };
  const scheduled = await desk.scheduleHandover(document);
  const asked = await askByCampaign(portal, registration, first, mark);
  const open = await desk.proposeNewMailbox(document);
  await desk.keepDraft();
  const things = {
    registration: registration.id,
    changeRequest: open.id,
    verification: open.verifications[0]?.id ?? '',
    session: clerk.viewer.sessionId,
    ...(await askInPublic(portal, registration, mark, first)),
    mail: await tryMail(portal, registration),
    ...(await announceTo(portal, registration, clerk, mark)),
    ...asked,
  };
  const traces = [mark, phone, ...Object.values(things), ofStaff, scheduled];
  return { mark, registration, document, clerk, things, ofStaff, scheduled, traces };
}

function markedDocument(mark: string, phone: string): RegistrationDocument {
  const document = buildDocument(`${mark}.example`);
  return {
    ...document,
    mainPhone: `${phone}-0001`,
    departments: document.departments.map((department) => ({
      ...department,
      name: `${mark} 企画課`,
      phone: `${phone}-0003`,
      fax: `${phone}-0004`,
      address: `${mark} 1-2-3`,
    })),
    contacts: document.contacts.map((contact, index) => ({
      ...contact,
      name: `${mark} ${index}`,
      title: `${mark} 係長`,
    })),
  };
}

class Desk {
  private readonly path: string;

  constructor(
    private readonly registration: TestRegistration,
    private readonly clerk: SignedIn,
    private readonly first: SignedIn,
    private readonly second: SignedIn,
    private readonly mark: string,
    private readonly phone: string,
  ) {
    this.path = `/registrations/${registration.id}`;
  }

  clerkPosts(path: string, options: CallOptions, status: number): Promise<ChangeRequestResponse> {
    return done(this.clerk.client.post(this.path + path, options), status);
  }

  /** One of staff proposes two changes, another takes one of them over. */
  async takeOverProposalOfStaff(): Promise<string> {
    const { document } = this.registration;
    const proposed = {
      ...document,
      mainPhone: `${this.phone}-0002`,
      contacts: document.contacts.map((contact) => ({ ...contact, title: `${this.mark} 課長` })),
    };
    const options = { ifMatch: 1, body: { proposed, comment: `${this.mark} comment` } };
    const sent = await done<ChangeRequestResponse>(
      this.first.client.post(`${this.path}/change-requests`, options),
      201,
    );
    const refusals = sent.changes
      .filter(({ pointer }) => pointer !== '/mainPhone')
      .map(({ pointer }) => ({ pointer, reason: `${this.mark} refusal` }));
    await this.approve(sent.id, { refusals, reason: `${this.mark} reason` });
    return sent.id;
  }

  async scheduleHandover({ contacts }: RegistrationDocument): Promise<string> {
    const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const body = {
      outgoingContactId: contacts[1]?.id,
      incoming: { name: `${this.mark} successor` },
      effectiveOn: inAMonth,
      comment: `${this.mark} handover`,
    };
    const { id } = await this.clerkPosts('/handovers', { ifMatch: 2, body }, 201);
    await this.approve(id, {});
    return id;
  }

  /** It stays open, and its mailbox has been mailed a code. */
  proposeNewMailbox(document: RegistrationDocument): Promise<ChangeRequestResponse> {
    const departments = document.departments.map((department) => ({
      ...department,
      email: `new@${this.mark}.example`,
    }));
    const body = { proposed: { ...document, departments }, comment: `${this.mark} comment` };
    const headers = { 'idempotency-key': `${this.mark}-key` };
    return this.clerkPosts('/change-requests', { ifMatch: 2, body, headers }, 201);
  }

  async keepDraft(): Promise<void> {
    const body = { baseVersion: 2, content: { mainPhone: `${this.mark} draft` } };
    await done(this.clerk.client.put(`${this.path}/draft`, { body }), 200);
  }

  private async approve(id: string, body: object): Promise<void> {
    await done(this.second.client.post(`/change-requests/${id}/approve`, { ifMatch: 1, body }), 200);
  }
}

/** What people who aren't signed in have asked for. */
async function askInPublic(
  portal: TestPortal,
  registration: TestRegistration,
  mark: string,
  reviewer: SignedIn,
): Promise<Pick<MarkedMunicipality['things'], 'recovery' | 'application' | 'challenge' | 'task'>> {
  const { id: recovery, path } = await verifiedClaim(
    portal,
    registration,
    'everyone-left',
    `lost@${mark}.example`,
  );
  const claimed = {
    ...claimOf(registration, 'everyone-left', `again@${mark}.example`),
    message: `${mark} message`,
  };
  await claim(portal, claimed);
  await done(noteCall(reviewer, path, { spokeWith: `${mark} spoke`, note: `${mark} note` }), 201);
  const sent = await apply(portal, await freeCode(portal), `applied.${mark}.example`, {
    proposed: proposalOf(`applied.${mark}.example`),
    applicantName: `${mark} applicant`,
    comment: `${mark} comment`,
  });
  const challenge = await done<{ challengeId: string }>(
    new Client(portal).post('/auth/challenges', { body: { email: registration.mailbox } }),
    202,
  );
  const [ids] = await portal.app.get(Database).asSystem('test', (tx) =>
    tx.query<{ application: string; task: string }>(
      `SELECT (SELECT id FROM membership_application WHERE number = $1) AS application,
              (SELECT id FROM task WHERE subject_id = $2::uuid ORDER BY opened_at LIMIT 1) AS task`,
      [sent.body.number, recovery],
    ),
  );
  if (!ids?.application || !ids.task) throw new Error('no application or no task');
  return { recovery, challenge: challenge.challengeId, ...ids };
}

/** Notes a try of one of its mails, and what it is about as of a shared mailbox. @returns the mail's id */
async function tryMail(portal: TestPortal, registration: TestRegistration): Promise<string> {
  const [row] = await portal.app.get(Database).asSystem('test', (tx) =>
    tx.query<{ id: string }>(
      `WITH tried AS (
         INSERT INTO outbox_attempt (message_id, attempt, ended_at, outcome, response)
         SELECT id, 1, now(), 'deferred', '450 4.2.0 greylisted' FROM outbox_message
          WHERE registration_id = $1 ORDER BY id LIMIT 1 RETURNING message_id)
       INSERT INTO outbox_message_about (message_id, registration_id)
       SELECT message_id, $1 FROM tried RETURNING message_id AS id`,
      [registration.id],
    ),
  );
  return row?.id ?? '';
}

/** One that is meant for it alone, acknowledged, with a file, and corrected; by digest from now on. */
async function announceTo(
  portal: TestPortal,
  { id, code }: TestRegistration,
  clerk: SignedIn,
  mark: string,
): Promise<Pick<MarkedMunicipality['things'], 'announcement' | 'attachment'>> {
  const editor = await signInStaff(portal, ['editor'], `${mark} editor`);
  const words = { title: `${mark} title`, summary: `${mark} summary`, body: `${mark} body` };
  const out = await publish(editor, { ...words, audience: picked(code) });
  const path = `/announcements/${out.id}`;
  await done(clerk.client.post(`${path}/acknowledgements`, { body: { revision: 1 } }), 201);
  const attached = await done<AttachedResponse>(attach(editor, out.id, `${mark}.pdf`), 201);
  const correction = {
    ifMatch: attached.announcementVersion,
    body: correctionOf(out, { note: `${mark} note` }),
  };
  await done(editor.client.post(`${path}/corrections`, correction), 201);
  const delivery = { ifMatch: 1, body: { delivery: 'digest' } };
  await done(clerk.client.put(`/registrations/${id}/announcement-delivery`, delivery), 200);
  return { announcement: out.id, attachment: attached.id };
}

/** One that asks it alone, has written to it, and was told something on the telephone. */
async function askByCampaign(
  portal: TestPortal,
  { id, code, mailbox }: TestRegistration,
  reviewer: SignedIn,
  mark: string,
): Promise<Pick<MarkedMunicipality['things'], 'campaign' | 'askedNumber'>> {
  const year = new Date().getUTCFullYear() + 1;
  const campaign = await startCampaign(reviewer.client, {
    title: `${mark} campaign`,
    audience: { kind: 'chosen', municipalities: [code] },
    countsFrom: `${year}-04-01`,
    deadline: `${year}-04-30`,
    steps: [{ template: 'ask', recipients: 'primary', on: `${year}-04-05`, opening: `${mark} opening` }],
  });
  const [row] = await portal.app.get(Database).asSystem('test', (tx) =>
    tx.query<{ number: string }>(
      `WITH asked AS (
         INSERT INTO campaign_question (id, campaign_id, registration_id, version)
         VALUES (gen_random_uuid(), $1, $2, 1)),
       reminded AS (
         INSERT INTO campaign_reminder (campaign_id, registration_id, step_id, mailbox_key, mail_id)
         VALUES ($1, $2, $3, lower($4), gen_random_uuid()))
       UPDATE campaign_target SET to_call_at = now(), to_write_at = now()
        WHERE campaign_id = $1 AND registration_id = $2 RETURNING number`,
      [campaign.id, id, campaign.steps[0]?.id, mailbox],
    ),
  );
  const call = { way: 'phone', outcome: 'absent', note: `${mark} call` };
  await done(reviewer.client.post(`/campaigns/${campaign.id}/targets/${id}/calls`, { body: call }), 204);
  return { campaign: campaign.id, askedNumber: row?.number ?? '' };
}

async function done<T>(answer: Promise<Answer<unknown>>, status: number): Promise<T> {
  const { status: given, body } = await answer;
  if (given !== status) throw new Error(`${given} in place of ${status}: ${JSON.stringify(body)}`);
  return body as T;
}
