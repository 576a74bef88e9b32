import type { DraftResponse } from '../../src/drafts/draft.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { proposalOf } from '../factories/applications.js';
import { newRegistration, submit, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { claimedMailbox, noteCall, openDesk, verifiedClaim } from '../factories/recoveries.js';
import type { Answer, Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer', 'editor', 'admin']);
});
afterAll(() => portal.close());

/** What a form holds in the middle of typing: no registration yet. */
const CONTENT = {
  mainPhone: '0155-00-',
  contacts: [{ id: 'new-1', name: '髙﨑', order: 2.5, chosen: false, note: null }],
};

type Read = Answer<DraftResponse & Problem>;
const path = ({ id }: { id: string }): string => `/registrations/${id}/draft`;
const read = (who: SignedIn, registration: { id: string }): Promise<Read> =>
  who.client.get(path(registration));
interface Save {
  readonly content?: unknown;
  readonly baseVersion?: unknown;
  readonly ifMatch?: string | number;
}
const save = (
  who: SignedIn,
  registration: { id: string },
  { content = CONTENT, baseVersion = 1, ...options }: Save = {},
): Promise<Read> => who.client.put(path(registration), { body: { baseVersion, content }, ...options });
const remove = (who: SignedIn, registration: { id: string }, ifMatch?: string | number): Promise<Read> =>
  who.client.call('DELETE', path(registration), ifMatch === undefined ? {} : { ifMatch });

const system = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.query<Row>(sql, parameters));

describe('a draft', () => {
  it('is kept as it was typed, with who saved it and from which version', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const none = await read(clerk, registration);
    expect([none.status, none.body.code]).toEqual([404, 'not-found']);
    const saved = await save(clerk, registration);
    expect(saved.status).toBe(200);
    expect(saved.body).toEqual({
      registrationId: registration.id,
      version: expect.any(Number),
      baseVersion: 1,
      registrationVersion: 1,
      content: CONTENT,
      savedAt: expect.stringMatching(/Z$/),
      savedBy: '小野寺 真理',
      savedByMailbox: registration.mailbox,
    });
    expect(saved.etag).toBe(`"${saved.body.version}"`);
    const found = await read(clerk, registration);
    expect([found.status, found.body, found.etag]).toEqual([200, saved.body, saved.etag]);
  });

  it('of a colleague stays when somebody else sends their own', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const colleague = await signInMember(portal, registration, '檜垣 悠生');
    await save(colleague, registration, { content: { mine: true } });
    expect((await submit(clerk, registration, withPhone(registration.document))).status).toBe(201);
    expect((await read(colleague, registration)).body).toMatchObject({ content: { mine: true } });
  });

  it('is shared by all the clerks, and replaced only by one who saw it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const colleague = await signInMember(portal, registration, '檜垣 悠生');
    const first = await save(clerk, registration);
    const second = await save(colleague, registration, {
      ifMatch: first.etag ?? '',
      content: { a: 1 },
      baseVersion: 2,
    });
    expect(second.body).toMatchObject({ savedBy: '檜垣 悠生', content: { a: 1 }, baseVersion: 2 });
    expect(second.body.version).toBeGreaterThan(first.body.version);
    const theirs = { savedBy: '檜垣 悠生', savedAt: second.body.savedAt };
    const stale = await save(clerk, registration, { ifMatch: first.etag ?? '' });
    expect([stale.status, stale.body]).toEqual([
      412,
      expect.objectContaining({ code: 'stale-version', ...theirs }),
    ]);
    const blind = await save(clerk, registration);
    expect([blind.status, blind.body]).toEqual([
      428,
      expect.objectContaining({ code: 'if-match-required', ...theirs }),
    ]);
    expect((await save(clerk, registration, { ifMatch: '*' })).status).toBe(428);
    expect((await save(clerk, registration, { ifMatch: '1' })).status).toBe(400);
    expect((await read(clerk, registration)).body).toEqual(second.body);
  });

  it('is begun by one of several who begin at once', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => save(clerk, registration, { content: { n } })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 428, 428, 428, 428]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await read(clerk, registration)).body).toEqual(winner?.body);
  });

  it('is replaced by one of two who saw the same', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const colleague = await signInMember(portal, registration, '檜垣 悠生');
    const { etag: ifMatch = '' } = await save(clerk, registration);
    const answers = await Promise.all([
      save(clerk, registration, { ifMatch, content: { by: 'clerk' } }),
      save(colleague, registration, { ifMatch, content: { by: 'colleague' } }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await read(clerk, registration)).body.content).toEqual(winner?.body.content);
    const loser = answers.find(({ status }) => status === 412);
    expect(loser?.body['savedBy']).toBe(winner?.body.savedBy);
  });

  it('tells that the registration moved under it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await save(clerk, registration);
    const proposed = withPhone(registration.document);
    const sent = await reviewer.client.post<{ id: string }>(
      `/registrations/${registration.id}/change-requests`,
      { ifMatch: 1, body: { proposed } },
    );
    const other = await signInStaff(portal, ['reviewer']);
    await other.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    // What staff send for the municipality takes nothing from its clerks.
    expect((await read(clerk, registration)).body).toMatchObject({ baseVersion: 1, registrationVersion: 2 });
  });

  it('is thrown away by one who saw it, and one begun anew is never taken for it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const first = await save(clerk, registration);
    expect((await remove(clerk, registration)).body.code).toBe('if-match-required');
    const stale = await remove(clerk, registration, first.body.version + 1000);
    expect(stale.body).toMatchObject({ code: 'stale-version', savedBy: '小野寺 真理' });
    const removed = await remove(clerk, registration, first.etag);
    expect([removed.status, removed.body]).toEqual([204, '']);
    expect((await read(clerk, registration)).status).toBe(404);
    expect((await remove(clerk, registration, first.etag)).status).toBe(404);
    const gone = await save(clerk, registration, { ifMatch: first.etag ?? '' });
    expect([gone.status, gone.body]).toEqual([
      412,
      expect.objectContaining({ savedBy: null, savedAt: null }),
    ]);
    const anew = await save(clerk, registration);
    expect(anew.etag).not.toBe(first.etag);
    expect((await save(clerk, registration, { ifMatch: first.etag ?? '' })).status).toBe(412);
    expect((await remove(clerk, registration, first.etag)).status).toBe(412);
  });

  it('leaves no trail', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const trail = (): Promise<unknown[]> =>
      system('SELECT type, details FROM audit_event WHERE registration_id = $1', [registration.id]);
    const before = await trail();
    await save(clerk, registration);
    expect(await trail()).toEqual(before);
  });
});

describe('a draft is for the eyes of', () => {
  it('no other municipality: its id is as good as none', async () => {
    const ours = await newRegistration(portal);
    const theirs = await newRegistration(portal);
    const draft = await save(theirs.clerk, theirs.registration);
    const unknown = { id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f' };
    for (const registration of [theirs.registration, unknown]) {
      const answers = [
        await read(ours.clerk, registration),
        await save(ours.clerk, registration),
        await save(ours.clerk, registration, { ifMatch: draft.body.version }),
        await remove(ours.clerk, registration, draft.body.version),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [404, 'not-found']),
      );
    }
    expect((await read(theirs.clerk, theirs.registration)).body).toEqual(draft.body);
  });

  it('no member of staff', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const draft = await save(clerk, registration);
    const answers = [
      await read(reviewer, registration),
      await save(reviewer, registration, { ifMatch: draft.body.version }),
      await remove(reviewer, registration, draft.body.version),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'forbidden']),
    );
  });
});

describe('a draft with', () => {
  const deep = (levels: number): unknown => (levels === 1 ? {} : { a: deep(levels - 1) });

  it.each([
    ['NUL', { content: { a: ['x\0'] } }, 422, '/content/a/0'],
    ['NUL in a name', { content: { 'a\0': 1 } }, 422, '/content'],
    ['a lone surrogate', { content: { a: { 'b/c': '課\uD800' } } }, 422, '/content/a/b~1c'],
    ['a lone surrogate in a name', { content: { '\uDFFF': 1 } }, 422, '/content'],
    ['11 levels', { content: deep(11) }, 422, `/content${'/a'.repeat(10)}`],
    ['50 levels', { content: deep(50) }, 400, undefined],
    ['more than 64 KB', { content: { a: '課'.repeat(22_000) } }, 413, undefined],
    ['more than 2 MB', { content: { a: 'x'.repeat(2_100_000) } }, 413, undefined],
    ['what class-transformer would call', { content: { constructor: 1 } }, 400, undefined],
    ['a list for its content', { content: [] }, 422, '/content'],
    ['text for its content', { content: '{}' }, 422, '/content'],
    ['no content', { content: null }, 422, '/content'],
    ['no base version', { baseVersion: null }, 422, '/baseVersion'],
    ['version nought', { baseVersion: 0 }, 422, '/baseVersion'],
    ['half a version', { baseVersion: 1.5 }, 422, '/baseVersion'],
    ['text for a version', { baseVersion: '1' }, 422, '/baseVersion'],
    ['more than a version can be', { baseVersion: 1e10 }, 422, '/baseVersion'],
  ])('%s is refused', async (_, body, status, pointer) => {
    const { registration, clerk } = await newRegistration(portal);
    const answer = await save(clerk, registration, body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
    expect(answer.body.code).toMatch(/^(invalid|malformed|too-large)$/);
    expect((await read(clerk, registration)).status).toBe(404);
  });

  it('64 KB and 10 levels is kept', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const content = { a: deep(9), b: 'x'.repeat(64 * 1024 - 80) };
    expect((await save(clerk, registration, { content })).body.content).toEqual(content);
  });

  it('an unknown field beside it is refused', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const body = { baseVersion: 1, content: {}, savedBy: 'somebody else' };
    const answer = await clerk.client.put(path(registration), { body });
    expect(answer.body.errors).toMatchObject([{ pointer: '/savedBy', code: 'unknown-field' }]);
  });
});

describe('a draft goes', () => {
  it('when a clerk sends a change request, and not when sending fails', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const draft = await save(clerk, registration);
    expect((await submit(clerk, registration, registration.document)).body.code).toBe('no-changes');
    expect((await submit(clerk, registration, withPhone(registration.document), 7)).status).toBe(412);
    expect((await read(clerk, registration)).body).toEqual(draft.body);
    expect((await submit(clerk, registration, withPhone(registration.document))).status).toBe(201);
    expect((await read(clerk, registration)).status).toBe(404);
    // The page that saves by itself comes too late.
    expect((await save(clerk, registration, { ifMatch: draft.body.version })).status).toBe(412);
    expect((await read(clerk, registration)).status).toBe(404);
  });

  it('when the municipality leaves: whoever comes back finds nothing of the others', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await save(clerk, registration);
    const { id, code } = registration;
    await reviewer.client.post(`/registrations/${id}/withdraw`, {
      ifMatch: 1,
      body: { reason: '退会します。' },
    });
    const mailbox = `kikaku@back${code}.example`;
    const returned = await reviewer.client.post<{ id: string }>('/registrations', {
      body: { municipalityCode: code, ...proposalOf(`back${code}.example`) },
    });
    expect(returned.body.id).toBe(id);
    const successor = await signInMember(portal, { ...registration, mailbox });
    expect((await read(successor, registration)).status).toBe(404);
    expect((await save(successor, registration, { baseVersion: 3 })).status).toBe(200);
    expect((await read(successor, registration)).status).toBe(200);
  });

  it('with a recovery: whoever typed it may be whom it was about', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { registration: untouched, clerk: other } = await newRegistration(portal);
    const kept = await save(other, untouched);
    const old = await save(clerk, registration);
    const desk = await openDesk(portal);
    const claim = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, claim.path);
    expect((await desk.agree(claim.path, 3)).status).toBe(200);
    const newcomer = await signInMember(portal, { ...registration, mailbox: claimedMailbox(registration) });
    expect((await save(newcomer, registration, { ifMatch: old.body.version })).status).toBe(412);
    expect((await save(newcomer, registration)).status).toBe(200);
    await portal.app.get(Jobs).runDue();
    expect((await read(newcomer, registration)).status).toBe(200);
    expect((await read(other, untouched)).body).toEqual(kept.body);
  });

  it('when nobody has touched it for 90 days', async () => {
    const [old, fresh] = [await newRegistration(portal), await newRegistration(portal)];
    for (const [{ registration, clerk }, hours] of [
      [old, 90 * 24 + 1],
      [fresh, 90 * 24 - 1],
    ] as const) {
      await save(clerk, registration);
      await system(
        'UPDATE registration_draft SET saved_at = now() - make_interval(hours => $2) WHERE registration_id = $1',
        [registration.id, hours],
      );
    }
    await portal.app.get(Jobs).runDue();
    expect((await read(old.clerk, old.registration)).status).toBe(404);
    expect((await read(fresh.clerk, fresh.registration)).status).toBe(200);
  });
});
