import { AuditErasing } from '../../src/platform/audit/erasing.service.js';
import { AuditSealer } from '../../src/platform/audit/audit-sealer.js';
import { inWords } from '../../src/platform/audit/chain.policy.js';
import { SealingRepository } from '../../src/platform/audit/sealing.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { asIntruder, rowsOf, seal, verify, writeEvent, writeEvents } from '../factories/trail.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** The chain, and whoever can do anything at all to the database behind the portal's back. */
let portal: TestPortal;

beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.close());

const eventAt = async (seq: number): Promise<string> => {
  const [row] = await rowsOf<{ id: string }>(portal, 'SELECT event_id AS id FROM audit_seal WHERE seq = $1', [
    seq,
  ]);
  return row?.id ?? '';
};

/** A trail of 30 sealed events. */
async function sealed(): Promise<void> {
  await writeEvents(portal, 30);
  expect(await seal(portal)).toBe(30);
  expect(await verify(portal)).toMatchObject({ head: { seq: 30 }, broken: null });
}

describe('sealing', () => {
  it('seals every event once, and those that come later behind them', async () => {
    await sealed();
    expect(await seal(portal)).toBe(0);
    await writeEvents(portal, 3);
    expect(await seal(portal)).toBe(3);
    expect(await verify(portal)).toMatchObject({ head: { seq: 33 }, erased: 0, broken: null });
  });

  it('goes on over more than one batch', async () => {
    await portal.app.get(Database).asSystem('test', async (tx) => {
      for (let n = 0; n < 1_200; n += 1) await writeEvent(portal, tx);
    });
    expect(await seal(portal)).toBe(1_200);
    expect(await verify(portal)).toMatchObject({ head: { seq: 1_200 }, broken: null });
  });

  it('takes up an event that is committed after younger ones were sealed', async () => {
    const database = portal.app.get(Database);
    await database.asSystem('test', async (late) => {
      await writeEvent(portal, late);
      await writeEvents(portal, 2);
      expect(await seal(portal)).toBe(2);
    });
    expect(await seal(portal)).toBe(1);
    expect(await verify(portal)).toMatchObject({ head: { seq: 3 }, broken: null });
  });

  it('finds after a start what lies further back than it looks while it runs', async () => {
    await writeEvents(portal, 3);
    await seal(portal);
    await writeEvents(portal, 1);
    // As after a restore, or with a clock that was set back.
    await asIntruder(
      portal,
      `UPDATE audit_event e SET occurred_at = occurred_at - interval '3 hours'
        WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)`,
    );
    expect(await seal(portal)).toBe(0);
    const { settings, app } = portal;
    const started = new AuditSealer(settings, app.get(Database), app.get(SealingRepository));
    expect(await started.seal()).toBe(1);
    expect(await verify(portal)).toMatchObject({ head: { seq: 4 }, broken: null });
  });

  it('is done by one at a time; whoever comes meanwhile leaves it to the other', async () => {
    await writeEvents(portal, 5);
    const { settings, app } = portal;
    const other = new AuditSealer(settings, app.get(Database), app.get(SealingRepository));
    const counts = await app.get(Database).asSystem('test', async (tx) => {
      expect(await app.get(SealingRepository).tryLock(tx)).toBe(true);
      return Promise.all([seal(portal), other.seal()]);
    });
    expect(counts).toEqual([0, 0]);
    const both = await Promise.all([seal(portal), other.seal()]);
    expect(both[0] + both[1]).toBe(5);
    expect(await verify(portal)).toMatchObject({ head: { seq: 5 }, broken: null });
  });

  it('leaves nothing half done when it dies in the middle', async () => {
    await writeEvents(portal, 5);
    const repository = portal.app.get(SealingRepository);
    const dying = new SealingRepository();
    dying.insert = async (tx, seals) => {
      await repository.insert(tx, seals.slice(0, 3));
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    };
    const sealer = new AuditSealer(portal.settings, portal.app.get(Database), dying);
    await expect(sealer.seal()).rejects.toThrow(/terminat/i);
    expect(await seal(portal)).toBe(5);
    expect(await verify(portal)).toMatchObject({ head: { seq: 5 }, broken: null });
  });
});

describe('verifying names', () => {
  it.each([
    ['an event whose facts were edited', `UPDATE audit_event SET details = '{"version": 2}' WHERE id = $1`],
    [
      'an event whose time was edited',
      `UPDATE audit_event SET occurred_at = occurred_at - interval '1 us' WHERE id = $1`,
    ],
    [
      'an event that was given to somebody else',
      `UPDATE audit_event SET actor_kind = 'member' WHERE id = $1`,
    ],
  ])('%s', async (_, sql) => {
    await sealed();
    const id = await eventAt(17);
    expect(await asIntruder(portal, sql, [id])).toBe(1);
    const { broken, head } = await verify(portal);
    expect(broken).toMatchObject({ seq: 17, eventId: id, type: 'registration.confirmed' });
    expect(broken && inWords(broken)).toMatch(
      new RegExp(`^The chain is broken at seal 17, event ${id}, registration.confirmed, 2\\d{3}-.*altered`),
    );
    expect(head.seq).toBe(16);
  });

  it('an edited personal value', async () => {
    await sealed();
    const id = await eventAt(5);
    await asIntruder(portal, `UPDATE audit_personal SET data = '{"name": "別の人"}' WHERE event_id = $1`, [
      id,
    ]);
    expect((await verify(portal)).broken).toMatchObject({
      seq: 5,
      eventId: id,
      fault: 'its personal values were altered: they are not what was sealed',
    });
  });

  it('a personal row that is gone without having been erased', async () => {
    await sealed();
    await asIntruder(portal, 'DELETE FROM audit_personal WHERE event_id = $1', [await eventAt(5)]);
    expect((await verify(portal)).broken).toMatchObject({ seq: 5, fault: expect.stringMatching(/missing/) });
  });

  it('personal values that were erased past the portal, dated like an erasure that was none of theirs', async () => {
    await writeEvents(portal, 3);
    await seal(portal);
    const [lawful, hidden] = await rowsOf<{ id: string }>(
      portal,
      `SELECT id FROM audit_event WHERE type = 'registration.confirmed' ORDER BY id DESC LIMIT 2`,
    );
    await portal.app.get(AuditErasing).erase({ eventId: lawful?.id ?? '' }, '本人の申出');
    expect((await verify(portal)).broken).toBeNull();
    await asIntruder(
      portal,
      `UPDATE audit_personal SET data = NULL, salt = NULL,
              erased_at = (SELECT erased_at FROM audit_personal WHERE event_id = $2) WHERE event_id = $1`,
      [hidden?.id, lawful?.id],
    );
    expect((await verify(portal)).broken).not.toBeNull();
  });

  it('personal values that were erased past the portal', async () => {
    await sealed();
    const sql = 'UPDATE audit_personal SET data = NULL, salt = NULL, erased_at = now() WHERE event_id = $1';
    await asIntruder(portal, sql, [await eventAt(5)]);
    expect((await verify(portal)).broken).toMatchObject({ seq: 5, fault: expect.stringMatching(/by whom/) });
  });

  it('an event that was deleted', async () => {
    await sealed();
    const id = await eventAt(9);
    await asIntruder(portal, 'DELETE FROM audit_event WHERE id = $1', [id]);
    expect((await verify(portal)).broken).toMatchObject({
      seq: 9,
      eventId: id,
      fault: 'the event is missing',
    });
  });

  it('a seal that was removed in the middle, and one that was put in its place', async () => {
    await sealed();
    await asIntruder(portal, 'DELETE FROM audit_seal WHERE seq = 12');
    expect((await verify(portal)).broken).toMatchObject({
      seq: 13,
      fault: 'the seal 12 is missing before it',
    });
    await asIntruder(portal, 'UPDATE audit_seal SET seq = seq - 1 WHERE seq > 12');
    expect((await verify(portal)).broken).toMatchObject({
      seq: 12,
      fault: expect.stringMatching(/predecessor/),
    });
  });

  it('the first of several faults', async () => {
    await sealed();
    await asIntruder(portal, `UPDATE audit_event SET type = 'x' WHERE id = ANY ($1)`, [
      [await eventAt(20), await eventAt(8)],
    ]);
    expect((await verify(portal)).broken?.seq).toBe(8);
  });

  it('events that nobody sealed although there was time', async () => {
    await sealed();
    await writeEvents(portal, 2);
    // Just written: the sealer may still come.
    expect((await verify(portal)).broken).toBeNull();
    await asIntruder(
      portal,
      `UPDATE audit_event SET occurred_at = occurred_at - interval '20 minutes'
                               WHERE id NOT IN (SELECT event_id FROM audit_seal)`,
    );
    expect((await verify(portal)).broken).toMatchObject({
      seq: null,
      type: 'registration.confirmed',
      fault: expect.stringMatching(/^it and 1 more were never sealed/),
    });
  });
});

it('the chain can’t fork: nothing gets two successors', async () => {
  await sealed();
  const [id] = await rowsOf<{ id: string }>(portal, 'SELECT event_id AS id FROM audit_seal WHERE seq = 30');
  await writeEvents(portal, 1);
  const fork = portal.app.get(Database).asSystem('test', (tx) =>
    tx.execute(
      `INSERT INTO audit_seal (seq, event_id, previous_hash, hash)
       SELECT 31, (SELECT e.id FROM audit_event e WHERE e.id NOT IN (SELECT event_id FROM audit_seal)),
              previous_hash, sha256('x') FROM audit_seal WHERE event_id = $1`,
      [id?.id],
    ),
  );
  await expect(fork).rejects.toThrow(/audit_seal_previous_hash_is_unique/);
});
