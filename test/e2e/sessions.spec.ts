import type { SessionList, SignedInResponse } from '../../src/accounts/sessions.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { CODE_SLOT } from '../../src/platform/outbox/message.js';
import type { ChallengeResponse } from '../../src/sign-in/sign-in.dto.js';
import { type SignedIn, signInAs, signInMember, signInStaff } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { mailedCode } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let registration: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  registration = await createRegistration(portal, CODES.otofuke);
});
afterAll(() => portal.close());

const own = { 'x-renkei-request': '1' };
const codeOf = async ({ client }: SignedIn): Promise<string | undefined> =>
  (await client.get('/me')).body.code;
const listed = async ({ client }: SignedIn, path = '/auth/sessions'): Promise<string[]> =>
  (await client.get<SessionList>(path)).body.items.map(({ id }) => id);

describe('a session', () => {
  it('gives a fresh token for its cookie, to the own page only', async () => {
    const { client } = await signInMember(portal, registration);
    expect((await client.post('/auth/refresh')).body.code).toBe('foreign-origin');
    const refused: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const header of refused) {
      const foreign = { ...own, ...header };
      expect((await client.post('/auth/refresh', { headers: foreign })).body.code).toBe('foreign-origin');
    }
    const fresh = await client.post<SignedInResponse>('/auth/refresh', {
      headers: { ...own, origin: portal.settings.publicUrl },
    });
    expect(fresh.status).toBe(200);
    client.token = fresh.body.accessToken;
    expect((await client.get('/me')).status).toBe(200);
  });

  it('ends by signing out, here or everywhere, and its tokens with it', async () => {
    const first = await signInMember(portal, registration);
    const second = await signInMember(portal, registration);
    const third = await signInMember(portal, registration);
    expect((await first.client.post('/auth/logout', { headers: own })).status).toBe(204);
    expect(await codeOf(first)).toBe('session-ended');
    expect((await second.client.get('/me')).status).toBe(200);
    const everywhere = await second.client.post('/auth/logout', { headers: own, body: { everywhere: true } });
    expect(everywhere.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(everywhere.headers.getSetCookie().join()).toMatch(/renkei_session=;.*Max-Age=0/);
    expect(await codeOf(third)).toBe('session-ended');
    expect((await new Client(portal).post('/auth/logout', { headers: own })).status).toBe(204);
  });

  it('that has ended ends no other', async () => {
    const ended = await signInMember(portal, registration);
    await ended.client.post('/auth/logout', { headers: own });
    const other = await signInMember(portal, registration);
    ended.client.cookies.set('renkei_session', ended.cookie);
    await ended.client.post('/auth/logout', { headers: own, body: { everywhere: true } });
    expect((await other.client.get('/me')).status).toBe(200);
  });

  it.each([
    ['an hour of silence', `last_seen_at = now() - interval '61 minutes'`],
    ['a day', 'expires_at = now()'],
  ])('ends after %s, by the clock of the database', async (_what, change) => {
    const { client, viewer } = await signInMember(portal, registration);
    // The portal itself may not move a session's end; the test may.
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query(`UPDATE session SET ${change} WHERE id = $1`, [viewer.sessionId]),
    );
    expect((await client.get('/me')).body.code).toBe('session-ended');
    expect((await client.post('/auth/refresh', { headers: own })).body.code).toBe('session-ended');
  });

  it('keeps neither its token nor a code in the database', async () => {
    const client = new Client(portal);
    const email = 'takasaki@t016314.example';
    const { body } = await client.post<ChallengeResponse>('/auth/challenges', { body: { email } });
    const code = await mailedCode(portal, 'sign-in.sign-in-code', email);
    await client.post(`/auth/challenges/${body.challengeId}/verify`, {
      body: { code, operatorName: '髙﨑 檮子' },
    });
    const [token, device] = ['renkei_session', 'renkei_device'].map((name) => client.cookies.get(name) ?? '');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(device).toMatch(/^[\w-]{22}\.\d+\.[\w-]{43}$/);
    const rows = await portal.app.get(Database).asSystem('test', (tx) =>
      tx.query<{ text: string }>(
        `SELECT s::text AS text FROM session s UNION ALL SELECT c::text FROM sign_in_challenge c
         UNION ALL SELECT m::text FROM outbox_message m UNION ALL SELECT a::text FROM audit_event a
         UNION ALL SELECT p::text FROM audit_personal p UNION ALL SELECT l::text FROM rate_limit l`,
      ),
    );
    const everything = rows.map(({ text }) => text).join('\n');
    expect(everything).toContain(CODE_SLOT);
    for (const secret of [code, `${code.slice(0, 4)} ${code.slice(4)}`, token, device, client.network]) {
      expect(everything).not.toContain(secret);
    }
  });

  it('from before ends when the browser signs in as somebody else', async () => {
    const before = await signInMember(portal, registration);
    const client = new Client(portal);
    client.cookies.set('renkei_session', before.cookie);
    const { body } = await client.post<ChallengeResponse>('/auth/challenges', {
      body: { email: registration.mailbox },
    });
    const code = await mailedCode(portal, 'sign-in.sign-in-code', registration.mailbox);
    const path = `/auth/challenges/${body.challengeId}/verify`;
    expect((await client.post(path, { body: { code, operatorName: '次の人' } })).status).toBe(200);
    expect(await codeOf(before)).toBe('session-ended');
    expect(client.cookies.get('renkei_session')).not.toBe(before.cookie);
  });

  it('is needed: no token, a broken one and a stranger’s are answered alike', async () => {
    for (const token of [null, 'nonsense', 'a.b.c']) {
      const client = new Client(portal);
      client.token = token;
      const answer = await client.get('/me');
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid-token']);
    }
  });
});

describe("one's own sessions", () => {
  it('are those of the same mailbox, of the same municipality, and are ended one by one', async () => {
    const mine = await signInMember(portal, registration, '小野寺 真理');
    const colleague = await signInMember(portal, registration, '髙﨑 檮子');
    const stranger = await signInMember(portal, await createRegistration(portal, CODES.totsukawa));
    const { body } = await mine.client.get<SessionList>('/auth/sessions');
    expect(body.items.slice(0, 2)).toMatchObject([
      { id: colleague.viewer.sessionId, current: false, name: '髙﨑 檮子', mailbox: registration.mailbox },
      { id: mine.viewer.sessionId, current: true, registrationId: registration.id },
    ]);
    expect(await listed(stranger)).toEqual([stranger.viewer.sessionId]);

    const end = (who: SignedIn, whose: SignedIn): Promise<{ status: number }> =>
      who.client.delete(`/auth/sessions/${whose.viewer.sessionId}`);
    expect((await end(stranger, mine)).status).toBe(404);
    expect((await end(mine, colleague)).status).toBe(204);
    expect((await end(mine, colleague)).status).toBe(404);
    expect(await codeOf(colleague)).toBe('session-ended');
    expect(await codeOf(mine)).toBeUndefined();
  });

  it('are ended all at once but for the one that asks', async () => {
    const other = await createRegistration(portal, CODES.yusuhara);
    const [first, second, third] = [
      await signInMember(portal, other),
      await signInMember(portal, other),
      await signInMember(portal, other),
    ];
    expect((await second.client.delete('/auth/sessions')).status).toBe(204);
    expect([await codeOf(first), await codeOf(second), await codeOf(third)]).toEqual([
      'session-ended',
      undefined,
      'session-ended',
    ]);
    expect(await listed(second)).toEqual([second.viewer.sessionId]);
  });
});

describe('an admin', () => {
  it("lists and ends anybody's, which nobody else does", async () => {
    const admin = await signInStaff(portal, ['admin']);
    const reviewer = await signInStaff(portal, ['reviewer']);
    const clerk = await signInMember(portal, registration);
    expect(await listed(admin, `/sessions?registrationId=${registration.id}`)).toContain(
      clerk.viewer.sessionId,
    );
    expect(await listed(admin, `/sessions?accountId=${reviewer.person.accountId}`)).toEqual([
      reviewer.viewer.sessionId,
    ]);
    for (const { client } of [reviewer, clerk]) {
      expect((await client.get('/sessions')).status).toBe(403);
      expect((await client.delete(`/sessions/${admin.viewer.sessionId}`)).status).toBe(403);
    }
    expect((await admin.client.delete(`/sessions/${clerk.viewer.sessionId}`)).status).toBe(204);
    expect((await admin.client.delete(`/sessions/${reviewer.viewer.sessionId}`)).status).toBe(204);
    expect([await codeOf(clerk), await codeOf(reviewer)]).toEqual(['session-ended', 'session-ended']);
  });

  it('has to have shown the second factor within ten minutes', async () => {
    const admin = await signInStaff(portal, ['admin']);
    const clerk = await signInMember(portal, registration);
    await withConnection(portal.database.adminUrl, (root) =>
      root.query(`UPDATE session SET stepped_up_at = now() - interval '601 seconds' WHERE id = $1`, [
        admin.viewer.sessionId,
      ]),
    );
    const path = `/sessions/${clerk.viewer.sessionId}`;
    expect((await admin.client.delete(path)).body.code).toBe('step-up-needed');
    expect(await codeOf(clerk)).toBeUndefined();
    expect((await admin.client.get('/sessions')).status).toBe(200);
    const again = await signInAs(portal, admin.person, ['admin']);
    expect((await again.client.delete(path)).status).toBe(204);
  });
});
