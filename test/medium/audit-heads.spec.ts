import { hashGroups } from '../../src/platform/audit/chain.js';
import { AuditSealer } from '../../src/platform/audit/audit-sealer.js';
import { AuditErasing } from '../../src/platform/audit/erasing.service.js';
import { AuditHeads } from '../../src/platform/audit/heads.service.js';
import type { AuditEventPage } from '../../src/platform/audit/audit.dto.js';
import { SealingRepository } from '../../src/platform/audit/sealing.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { signInMember, signInStaff } from '../factories/people.js';
import { createRegistration } from '../factories/registrations.js';
import { asIntruder, rowsOf, seal, verify, writeEvents } from '../factories/trail.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;

beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.close());

const tell = (): Promise<void> => portal.app.get(AuditHeads).tell();
const headMails = async () => (await queuedMails(portal)).filter(({ kind }) => kind === 'audit.head');

/** All traces of the last ten, as whoever did it would leave them. */
async function removeLastTen(): Promise<void> {
  await asIntruder(
    portal,
    'DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE seq > 10)',
  );
  await asIntruder(
    portal,
    'DELETE FROM audit_personal WHERE event_id IN (SELECT event_id FROM audit_seal WHERE seq > 10)',
  );
  await asIntruder(portal, 'DELETE FROM audit_seal WHERE seq > 10');
}

describe('the head', () => {
  it('goes to every active admin once a day, whichever processes try', async () => {
    await signInStaff(portal, ['admin'], '堀越 直央');
    await signInStaff(portal, ['admin', 'reviewer'], '三枝 千紘');
    await signInStaff(portal, ['reviewer']);
    await tell();
    // Nothing is sealed yet: there is no end to tell.
    expect(await headMails()).toEqual([]);
    await writeEvents(portal, 20);
    await seal(portal);
    await Promise.all([tell(), tell(), tell()]);
    await tell();
    const mails = await headMails();
    expect(mails).toHaveLength(2);
    const { head } = await verify(portal);
    for (const { body } of mails) {
      expect(body).toContain(`件数　${head.seq}件`);
      for (const group of hashGroups(head.hash)) expect(body).toContain(group);
    }
    const kept = await rowsOf(portal, 'SELECT day = today_in_tokyo() AS today, seq, hash FROM audit_head');
    expect(kept).toEqual([{ today: true, seq: String(head.seq), hash: head.hash }]);
  });

  it('goes out again on the next day', async () => {
    await signInStaff(portal, ['admin']);
    await writeEvents(portal, 2);
    await seal(portal);
    await tell();
    await asIntruder(portal, 'UPDATE audit_head SET day = day - 1');
    await asIntruder(portal, 'UPDATE outbox_message SET dedupe_key = id::text');
    await writeEvents(portal, 1);
    await seal(portal);
    await tell();
    const counts = (await headMails()).map(({ body }) => Number(/件数　(\d+)件/.exec(body)?.[1]));
    const { head } = await verify(portal);
    expect(counts).toEqual([head.seq - 1, head.seq]);
    expect(await verify(portal)).toMatchObject({ heads: 2, broken: null });
  });

  it('shows that the last ten events were removed with everything that hung on them', async () => {
    await writeEvents(portal, 20);
    await seal(portal);
    const { head } = await verify(portal);
    await tell();
    await removeLastTen();
    expect((await verify(portal)).broken).toMatchObject({
      seq: 11,
      fault: expect.stringMatching(/ends before it, yet the head of \d{4}-\d\d-\d\d has the seal 20/),
    });
    // Whoever does that removes the table's head, too; the mail's is out of reach.
    await asIntruder(portal, 'DELETE FROM audit_head');
    expect((await verify(portal)).broken).toBeNull();
    expect((await verify(portal, head)).broken).toMatchObject({
      seq: 11,
      fault: expect.stringMatching(/the head that was given has the seal 20/),
    });
  });

  it('shows that the chain was written anew, however well', async () => {
    await writeEvents(portal, 20);
    await seal(portal);
    const { head } = await verify(portal);
    await asIntruder(
      portal,
      `UPDATE audit_event SET details = '{}' WHERE id = (SELECT event_id FROM audit_seal WHERE seq = 7)`,
    );
    await asIntruder(portal, 'DELETE FROM audit_seal');
    await new AuditSealer(portal.settings, portal.app.get(Database), new SealingRepository()).seal();
    expect((await verify(portal)).broken).toBeNull();
    expect((await verify(portal, head)).broken).toMatchObject({
      seq: 20,
      fault: expect.stringMatching(/another hash.*written anew/),
    });
  });
});

describe('erasing', () => {
  it('takes the personal values of a registration, says so in the trail, and leaves the chain whole', async () => {
    const admin = await signInStaff(portal, ['admin']);
    const [ours, theirs] = [await createRegistration(portal), await createRegistration(portal, '294497')];
    for (const registration of [ours, theirs]) await signInMember(portal, registration);
    await seal(portal);
    const erased = await portal.app.get(AuditErasing).erase({ registrationId: ours.id }, '本人の求めによる');
    expect(erased).toBeGreaterThan(0);
    await seal(portal);
    expect(await verify(portal)).toMatchObject({ erased, broken: null });
    const page = async (id: string): Promise<AuditEventPage> =>
      (await admin.client.get<AuditEventPage>(`/audit-events?registrationId=${id}`)).body;
    const [note, ...events] = (await page(ours.id)).items;
    expect(note).toMatchObject({
      type: 'audit.personal-erased',
      details: { scope: 'registration', count: erased, reason: '本人の求めによる', by: 'audit-erase' },
      personal: null,
    });
    expect(events.map(({ personal }) => personal)).toEqual(events.map(() => null));
    expect((await page(theirs.id)).items.every(({ personal }) => personal !== null)).toBe(true);
    // What is gone is gone once.
    expect(await portal.app.get(AuditErasing).erase({ registrationId: ours.id }, 'x')).toBe(0);
    expect((await page(ours.id)).total).toBe(events.length + 1);
  });

  it('takes what is older than a day in Tokyo, or one event’s', async () => {
    await writeEvents(portal, 3);
    const [first, second] = await rowsOf<{ id: string }>(portal, 'SELECT id FROM audit_event ORDER BY id');
    await asIntruder(portal, `UPDATE audit_event SET occurred_at = '2026-03-31T14:59:59Z' WHERE id = $1`, [
      first?.id,
    ]);
    await asIntruder(portal, `UPDATE audit_event SET occurred_at = '2026-03-31T15:00:00Z' WHERE id = $1`, [
      second?.id,
    ]);
    await seal(portal);
    const erasing = portal.app.get(AuditErasing);
    expect(await erasing.erase({ before: '2026-04-01' }, '保存期間の満了')).toBe(1);
    expect(await erasing.erase({ eventId: second?.id ?? '' }, '誤って記録したため')).toBe(1);
    await seal(portal);
    expect(await verify(portal)).toMatchObject({ erased: 2, broken: null });
  });

  it('is all that can be done to personal values, and only by the portal itself', async () => {
    await writeEvents(portal, 2);
    const database = portal.app.get(Database);
    for (const statement of [
      `UPDATE audit_personal SET data = '{"name": "別の人"}'`,
      'UPDATE audit_personal SET data = data',
      `UPDATE audit_personal SET data = NULL, salt = NULL, erased_at = NULL`,
      `UPDATE audit_personal SET salt = sha256('x')`,
    ]) {
      const attempt = database.asSystem('test', (tx) => tx.execute(statement));
      await expect(attempt).rejects.toThrow(/erased or left as they are/);
    }
    const erase = 'UPDATE audit_personal SET data = NULL, salt = NULL, erased_at = now()';
    const { viewer } = await signInStaff(portal, ['reviewer', 'editor', 'admin']);
    expect(await database.transaction(viewer, 'audit.read', (tx) => tx.execute(erase))).toBe(0);
    expect(await database.asSystem('test', (tx) => tx.execute(erase))).toBe(2);
    const again = database.asSystem('test', (tx) =>
      tx.execute(`UPDATE audit_personal SET data = '{}', salt = 'x', erased_at = NULL`),
    );
    await expect(again).rejects.toThrow(/erased or left as they are/);
  });
});
