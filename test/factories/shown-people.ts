import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { READ_OPERATIONS } from '../../src/platform/personal-reads/read-operations.js';
import { undeliverableTask } from '../../src/platform/outbox/outbox.tasks.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { picked, publish } from './announcements.js';
import { applied, freeCode, proposalOf } from './applications.js';
import { create as createCampaign } from './campaigns.js';
import { newRegistration, submit, withPhone } from './change-requests.js';
import { noteCall, verifiedClaim } from './recoveries.js';
import type { TestRegistration } from './registrations.js';
import { type Noted, type Read, read, readsBy, type Stage } from './reads.js';
import { rowsOf } from './trail.js';
import { request, move, ownRequest, handoverOf, letPass, undeliverable } from './shown-subjects.js';

/** Every route that shows staff people of municipalities: what is noted, and what has to be. */
export const ROUTES: Readonly<Record<string, (s: Stage) => Promise<Noted>>> = {
  Registry_listRegistrations: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const found = await readsBy(s, () => s.staff.client.get('/registrations?limit=500'));
    expect(found.length).toBe(
      (await s.staff.client.get<{ total: number }>('/registrations?limit=1')).body.total,
    );
    return only(found, [read('registration.list', registration.id)]);
  },
  Sessions_listAny: async (s) => {
    const { registration, clerk } = await newRegistration(s.portal);
    const found = await readsBy(s, () => s.staff.client.get(`/sessions?registrationId=${registration.id}`));
    return { found, expected: [read('session.list', clerk.viewer.sessionId, registration.id)] };
  },
  Announcements_reach: async (s) => {
    const { registration, clerk } = await newRegistration(s.portal);
    const { id } = await publish(s.staff, { audience: picked(registration.code) });
    await clerk.client.post(`/announcements/${id}/acknowledgements`, { body: { revision: 1 } });
    const found = await readsBy(s, () => s.staff.client.get(`/announcements/${id}/reach`));
    return { found, expected: [read('announcement.reach', registration.id)] };
  },
  Campaigns_preview: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const { id } = await createCampaign(s.staff.client, { audience: picked(registration.code) });
    const found = await readsBy(s, () => s.staff.client.get(`/campaigns/${id}/preview`));
    return { found, expected: [read('campaign.preview', registration.id)] };
  },
  Targets_listCalls: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const { id } = await createCampaign(s.staff.client, { audience: picked(registration.code) });
    await rowsOf(
      s.portal,
      `INSERT INTO campaign_target (campaign_id, registration_id, counts_from, to_call_at)
       VALUES ($1, $2, now(), now())`,
      [id, registration.id],
    );
    const found = await readsBy(s, () => s.staff.client.get(`/campaigns/${id}/calls`));
    return { found, expected: [read('campaign.calls', registration.id)] };
  },
  Registry_getRegistration: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const found = await readsBy(s, () => s.staff.client.get(`/registrations/${registration.id}`));
    return { found, expected: [read('registration.read', registration.id)] };
  },
  Registry_getHistory: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const found = await readsBy(s, () => s.staff.client.get(`/registrations/${registration.id}/history`));
    return { found, expected: [read('registration.history', registration.id)] };
  },
  Registry_createRegistration: async (s) => {
    const body = { municipalityCode: await freeCode(s.portal), ...proposalOf('new.example') };
    const headers = { 'idempotency-key': 'create' };
    let id = '';
    const post = async (): Promise<{ status: number }> => {
      const made = await s.staff.client.post<{ id: string }>('/registrations', { body, headers });
      ({ id } = made.body);
      return made;
    };
    // The second answer is the remembered one, which shows the same.
    const found = [...(await readsBy(s, post, 201)), ...(await readsBy(s, post, 201))];
    return { found, expected: [read('registration.create', id), read('registration.create', id)] };
  },
  ChangeRequests_list: async (s) => {
    const { sent, registration } = await request(s);
    const found = await readsBy(s, () =>
      s.staff.client.get(`/change-requests?registrationId=${registration.id}`),
    );
    return { found, expected: [read('change-request.list', sent.id, registration.id)] };
  },
  ChangeRequests_get: (s) => onRequest(s, 'change-request.read', (path) => s.staff.client.get(path)),
  ChangeRequests_threeWay: (s) =>
    onRequest(s, 'change-request.three-way', (path) => s.staff.client.get(`${path}/three-way`)),
  ChangeRequests_submit: async (s) => {
    const { registration } = await newRegistration(s.portal);
    let id = '';
    const found = await readsBy(
      s,
      async () => {
        const sent = await submit(s.staff, registration, withPhone(registration.document));
        ({ id } = sent.body);
        return sent;
      },
      201,
    );
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  ChangeRequests_handOver: async (s) => {
    const { registration } = await newRegistration(s.portal);
    let id = '';
    const found = await readsBy(
      s,
      async () => {
        const path = `/registrations/${registration.id}/handovers`;
        const sent = await s.staff.client.post<{ id: string }>(path, {
          ifMatch: 1,
          body: handoverOf(registration),
        });
        ({ id } = sent.body);
        return sent;
      },
      201,
    );
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  Previews_changeRequest: (s) =>
    onPreview(s, 'change-requests', ({ document }) => ({ proposed: withPhone(document) })),
  Previews_handover: (s) => onPreview(s, 'handovers', handoverOf),
  Mail_list: (s) =>
    onMail(s, 'mail.list', ({ registrationId }) =>
      s.staff.client.get(`/mail/messages?registrationId=${registrationId}`),
    ),
  Mail_get: (s) => onMail(s, 'mail.read', ({ id }) => s.staff.client.get(`/mail/messages/${id}`)),
  Mail_retry: (s) => onMail(s, 'mail.retry', ({ id }) => s.staff.client.post(`/mail/messages/${id}/retry`)),
  ChangeRequests_edit: (s) =>
    onOwn(s, 'change-request.edit', 'returned', ({ id, version, proposed }) =>
      s.staff.client.put(`/change-requests/${id}`, {
        ifMatch: version,
        body: { proposed: { ...proposed, mainPhone: '0155-00-7777' } },
      }),
    ),
  ChangeRequests_editHandover: (s) =>
    onOwn(
      s,
      'change-request.edit',
      'returned',
      ({ id, version, changes, effectiveOn }) =>
        s.staff.client.put(`/change-requests/${id}/handover`, {
          ifMatch: version,
          body: {
            outgoingContactId: changes.find(({ kind }) => kind === 'removed')?.pointer.split('/')[2],
            incoming: { name: '別府 陽' },
            effectiveOn,
          },
        }),
      true,
    ),
  ChangeRequests_resubmit: (s) =>
    onOwn(s, 'change-request.propose', 'returned', ({ id, version }) =>
      s.staff.client.post(`/change-requests/${id}/submit`, { ifMatch: version }),
    ),
  ChangeRequests_resend: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const [department] = registration.document.departments;
    const moved = { ...department, email: `new@t${registration.code}.example` };
    const proposed = { ...registration.document, departments: [moved] };
    const { body: sent } = await submit(s.staff, registration, proposed);
    const found = await readsBy(s, () => s.staff.client.post(`/change-requests/${sent.id}/resend`));
    return { found, expected: [read('change-request.edit', sent.id, registration.id)] };
  },
  ChangeRequests_withdraw: (s) =>
    onOwn(s, 'change-request.edit', 'open', ({ id, version }) =>
      s.staff.client.post(`/change-requests/${id}/withdraw`, { ifMatch: version }),
    ),
  ChangeRequests_rebase: async (s) => {
    const { registration, sent, path } = await request(s);
    await move(s, registration);
    const found = await readsBy(s, () =>
      s.staff.client.post(`${path}/rebase`, {
        ifMatch: 1,
        body: { registrationVersion: 2, choices: [{ pointer: '/mainPhone', take: 'proposed' }] },
      }),
    );
    return { found, expected: [read('change-request.rebase', sent.id, registration.id)] };
  },
  Decisions_approve: (s) =>
    onRequest(s, 'change-request.decide', (path) =>
      s.staff.client.post(`${path}/approve`, { ifMatch: 1, body: {} }),
    ),
  Decisions_return: (s) =>
    onRequest(s, 'change-request.decide', (path) =>
      s.staff.client.post(`${path}/return`, { ifMatch: 1, body: { reason: 'お確かめください。' } }),
    ),
  Decisions_lookOver: async (s) => {
    const { registration, sent, path } = await request(s);
    await letPass(s, sent.id);
    const found = await readsBy(s, () => s.staff.client.post(`${path}/look-over`));
    return { found, expected: [read('change-request.look-over', sent.id, registration.id)] };
  },
  Decisions_undo: async (s) => {
    const { registration, path } = await request(s);
    await s.colleague.client.post(`${path}/approve`, { ifMatch: 1, body: {} });
    let id = '';
    const found = await readsBy(
      s,
      async () => {
        const made = await s.staff.client.post<{ id: string }>(`${path}/undo`, {
          body: { reason: '取り違え' },
        });
        ({ id } = made.body);
        return made;
      },
      201,
    );
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  Memberships_list: async (s) => {
    const { id } = await applied(s.portal, s.colleague);
    const found = await readsBy(s, () => s.staff.client.get('/applications?limit=500'));
    return only(found, [read('application.list', id, null)]);
  },
  Memberships_get: async (s) => {
    const { id } = await applied(s.portal, s.colleague);
    const found = await readsBy(s, () => s.staff.client.get(`/applications/${id}`));
    return { found, expected: [read('application.read', id, null)] };
  },
  Memberships_accept: async (s) => {
    const { id, version } = await applied(s.portal, s.colleague);
    let registrationId = '';
    const found = await readsBy(s, async () => {
      const path = `/applications/${id}/accept`;
      const accepted = await s.staff.client.post<{ registrationId: string }>(path, { ifMatch: version });
      ({ registrationId } = accepted.body);
      return accepted;
    });
    return { found, expected: [read('application.decide', id, registrationId)] };
  },
  Memberships_decline: async (s) => {
    const { id, version } = await applied(s.portal, s.colleague);
    const body = { reason: '連携先の自治体に限っているためです。' };
    const found = await readsBy(s, () =>
      s.staff.client.post(`/applications/${id}/decline`, { ifMatch: version, body }),
    );
    return { found, expected: [read('application.decide', id, null)] };
  },
  Recoveries_list: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const { id } = await verifiedClaim(s.portal, registration);
    const found = await readsBy(s, () => s.staff.client.get('/recoveries?limit=500'));
    return only(found, [read('recovery.list', id, registration.id)]);
  },
  Recoveries_get: (s) => onClaim(s, 'recovery.read', (path) => s.staff.client.get(path)),
  Recoveries_noteCall: (s) => onClaim(s, 'recovery.decide', (path) => noteCall(s.staff, path), 201),
  Recoveries_agree: (s) =>
    onClaim(s, 'recovery.decide', async (path) => {
      const { body } = await noteCall(s.colleague, path);
      return s.staff.client.post(`${path}/agree`, { ifMatch: body.version });
    }),
  Recoveries_decline: (s) =>
    onClaim(s, 'recovery.decide', (path) =>
      s.staff.client.post(`${path}/decline`, { ifMatch: 2, body: { reason: 'ご本人からお電話があった。' } }),
    ),
  Audit_list: async (s) => {
    const { registration } = await newRegistration(s.portal);
    const found = await readsBy(s, () =>
      s.staff.client.get(`/audit-events?registrationId=${registration.id}`),
    );
    const events = await rowsOf<{ id: string }>(
      s.portal,
      `SELECT e.id FROM audit_event e JOIN audit_personal p ON p.event_id = e.id WHERE registration_id = $1
        ORDER BY e.id DESC`,
      [registration.id],
    );
    expect(events.length).toBeGreaterThan(0);
    return { found, expected: events.map(({ id }) => read('audit-event.list', id, registration.id)) };
  },
  Tasks_list: async (s) => {
    const { id, registrationId } = await undeliverable(s);
    const found = await readsBy(s, () => s.staff.client.get('/tasks?limit=500'));
    const open = (await s.colleague.client.get<TaskPage>('/tasks?limit=500')).body.items;
    const personal = open.filter(({ kind }) => kind === undeliverableTask.kind);
    // Other tasks' titles name no person.
    expect(found).toHaveLength(personal.length);
    return only(found, [read('task.list', id, registrationId)]);
  },
  Tasks_take: (s) => onTask(s, 'take'),
  Tasks_release: (s) => onTask(s, 'release'),
  Tasks_done: (s) => onTask(s, 'done'),
};

/** Of a list, what is about the subjects that were made for it. */
function only(reads: Read[], expected: Read[]): Noted {
  const ids = new Set(expected.map(({ id }) => id));
  return { found: reads.filter(({ id }) => ids.has(id)), expected };
}

async function onRequest(
  s: Stage,
  operation: keyof typeof READ_OPERATIONS,
  work: (path: string) => Promise<{ status: number }>,
): Promise<Noted> {
  const { registration, sent, path } = await request(s);
  const found = await readsBy(s, () => work(path));
  return { found, expected: [read(operation, sent.id, registration.id)] };
}

async function onOwn(
  s: Stage,
  operation: keyof typeof READ_OPERATIONS,
  state: 'returned' | 'open',
  work: (own: ChangeRequestResponse) => Promise<{ status: number }>,
  handover = false,
): Promise<Noted> {
  const own = await ownRequest(s, state, handover);
  const found = await readsBy(s, () => work(own));
  return { found, expected: [read(operation, own.id, own.registrationId)] };
}

async function onClaim(
  s: Stage,
  operation: keyof typeof READ_OPERATIONS,
  work: (path: string) => Promise<{ status: number }>,
  status = 200,
): Promise<Noted> {
  const { registration } = await newRegistration(s.portal);
  const { id, path } = await verifiedClaim(s.portal, registration);
  const found = await readsBy(s, () => work(path), status);
  return { found, expected: [read(operation, id, registration.id)] };
}

async function onPreview(
  s: Stage,
  of: 'change-requests' | 'handovers',
  bodyOf: (registration: TestRegistration) => object,
): Promise<Noted> {
  const { registration } = await newRegistration(s.portal);
  const path = `/registrations/${registration.id}/${of}/preview`;
  const found = await readsBy(s, () => s.staff.client.post(path, { body: bodyOf(registration) }));
  return { found, expected: [read('change-request.preview', registration.id)] };
}

/** On the receipt of a request, as if no server had taken it. */
async function onMail(
  s: Stage,
  operation: keyof typeof READ_OPERATIONS,
  work: (mail: { id: string; registrationId: string }) => Promise<{ status: number }>,
): Promise<Noted> {
  const { registration } = await request(s);
  const [mail] = await rowsOf<{ id: string; registrationId: string }>(
    s.portal,
    `UPDATE outbox_message SET failed_at = now() WHERE registration_id = $1
      RETURNING id, registration_id AS "registrationId"`,
    [registration.id],
  );
  if (!mail) throw new Error('a request without a receipt');
  const found = await readsBy(s, () => work(mail));
  return { found, expected: [read(operation, mail.id, mail.registrationId)] };
}

async function onTask(s: Stage, verb: string): Promise<Noted> {
  const { id, registrationId } = await undeliverable(s);
  const found = await readsBy(s, () => s.staff.client.post(`/tasks/${id}/${verb}`));
  return { found, expected: [read('task.do', id, registrationId)] };
}
