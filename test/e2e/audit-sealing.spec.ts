import { hashGroups } from '../../src/platform/audit/chain.js';
import { Database } from '../../src/platform/database/database.service.js';
import { signInMember, signInStaff } from '../factories/people.js';
import { createRegistration } from '../factories/registrations.js';
import { asIntruder, rowsOf, verify, writeEvent, writeEvents } from '../factories/trail.js';
import { Child } from '../setup/child.js';
import { Processes } from '../setup/processes.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Sealing as it is run: by several processes at once; and the commands, as an operator types them. */
const WRITES = 1_000;

let portal: TestPortal;
let processes: Processes;

beforeEach(async () => {
  portal = await startTestPortal();
  processes = await Processes.beside(portal);
});
afterEach(async () => {
  await processes.close();
  await portal.close();
});

const start = async (): Promise<Child> => (await processes.start()).child;

const command = (...args: string[]): Promise<{ code: number | null; output: string }> =>
  Child.start('dist/src/cli/cli.js', { DATABASE_URL: portal.database.appUrl }, args).ended();

/** All at once, as far as the pool lets them. */
const writeAtOnce = async (count: number): Promise<void> => {
  const database = portal.app.get(Database);
  const writing = Array.from({ length: count }, (_, n) =>
    database.asSystem('test', (tx) => writeEvent(portal, tx, `${n} 人目`)),
  );
  await Promise.all(writing);
};

const counts = async (): Promise<{ events: number; seals: number }> => {
  const [row] = await rowsOf<{ events: number; seals: number }>(
    portal,
    'SELECT (SELECT count(*)::int FROM audit_event) AS events, (SELECT count(*)::int FROM audit_seal) AS seals',
  );
  return row ?? { events: 0, seals: 0 };
};

it('two processes seal what a thousand writers write at once: one chain, whole and complete', async () => {
  const children = await Promise.all([start(), start()]);
  await writeAtOnce(WRITES);
  // Each seals what is left before it ends.
  await Promise.all(children.map((child) => child.end('SIGTERM')));
  expect(await counts()).toEqual({ events: WRITES, seals: WRITES });
  expect(await verify(portal)).toMatchObject({ head: { seq: WRITES }, broken: null });
});

it('a process that is killed while it seals leaves the rest to the other', async () => {
  const [killed, other] = await Promise.all([start(), start()]);
  const writing = writeAtOnce(WRITES);
  await killed.end('SIGKILL');
  await writing;
  await other.end('SIGTERM');
  expect(await counts()).toEqual({ events: WRITES, seals: WRITES });
  expect(await verify(portal)).toMatchObject({ head: { seq: WRITES }, broken: null });
});

it('verifying ends with 0 for a whole trail and with 1 for a broken one, which it names', async () => {
  await writeEvents(portal, 5);
  await (await start()).end('SIGTERM');
  const { head } = await verify(portal);
  const mailed = `${head.seq}:${hashGroups(head.hash).join(' ')}`;
  const whole = await command('audit-verify', '--head', mailed);
  expect([whole.code, whole.output]).toEqual([0, expect.stringContaining('The trail is whole: 5 events')]);
  expect(whole.output).toContain(`Head: ${mailed}`);
  // Whether the process had told a head by then or not.
  await asIntruder(portal, 'DELETE FROM audit_head');
  await asIntruder(portal, 'DELETE FROM audit_seal WHERE seq > 3');
  await asIntruder(portal, 'DELETE FROM audit_event WHERE id NOT IN (SELECT event_id FROM audit_seal)');
  expect((await command('audit-verify')).code).toBe(0);
  const cut = await command('audit-verify', '--head', mailed);
  expect(cut.code).toBe(1);
  expect(cut.output).toMatch(
    /^The chain is broken at seal 4: the chain ends before it, yet the head that was given/,
  );
  for (const wrong of [['--head', '5:abc'], ['--haed', mailed], ['--head']]) {
    const refused = await command('audit-verify', ...wrong);
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/^Not done\. /)]);
  }
});

it('erasing and reads are asked for on the command line', async () => {
  const registration = await createRegistration(portal);
  await signInMember(portal, registration);
  const reader = await signInStaff(portal, ['reviewer'], '別府 陽');
  await reader.client.get(`/registrations/${registration.id}`);
  const reads = await command('audit-reads', reader.viewer.sessionId);
  expect(reads.code).toBe(0);
  expect(reads.output).toMatch(/^Session [0-9a-f-]{36}: 別府 陽 <.+>, since .+\./);
  expect(reads.output).toMatch(/people of 1 municipality:\n\n北海道音更町\n {2}registration\.read +1× {2}2/);
  const erased = await command(
    'audit-erase',
    '--registration',
    registration.id,
    '--reason',
    '本人の求めによる',
  );
  expect([erased.code, erased.output]).toEqual([0, expect.stringMatching(/of \d+ events are erased/)]);
  for (const [args, sentence] of [
    [['audit-erase', '--registration', registration.id], /needs --reason/],
    [['audit-erase', '--reason', 'x'], /needs one of --before/],
    [['audit-erase', '--before', '2026-02-30', '--reason', 'x'], /a day such as/],
    [['audit-erase', '--event', '1', '--reason', 'x'], /1 is no id/],
    [['audit-reads'], /the id of one session/],
  ] as const) {
    const refused = await command(...args);
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(sentence)]);
  }
});
