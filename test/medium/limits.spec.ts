import { Database } from '../../src/platform/database/database.service.js';
import { DomainError } from '../../src/platform/http/domain-error.js';
import { limited, type Limit, times } from '../../src/platform/limits/limit.js';
import { Limits } from '../../src/platform/limits/limits.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let limits: Limits;

beforeAll(async () => {
  portal = await startTestPortal();
  limits = portal.app.get(Limits);
});
afterAll(() => portal.close());

const FIVE: Limit = { name: 'test.five', burst: 5, everySeconds: 60 };
const ONE: Limit = { name: 'test.one', burst: 1, everySeconds: 60 };

/** Seconds pass for everybody. */
const pass = (seconds: number): Promise<number> =>
  portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.execute('UPDATE rate_limit SET free_at = free_at - make_interval(secs => $1)', [seconds]),
    );

const allowed = async (whom: string, limit = FIVE, tries = 20): Promise<number> => {
  const results = await Promise.all(
    Array.from({ length: tries }, () => limits.tryTake([limited(limit, whom)])),
  );
  return results.filter(Boolean).length;
};

it('lets so many through, however many come at once, and one more each interval', async () => {
  expect(await allowed('a')).toBe(5);
  expect(await allowed('a')).toBe(0);
  await pass(60);
  expect(await allowed('a')).toBe(1);
  await pass(1000);
  expect(await allowed('a')).toBe(5);
});

it('says how long to wait', async () => {
  await allowed('b');
  await pass(20);
  const refusal = await limits.take([limited(FIVE, 'b')]).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  expect((refusal as DomainError).details.retryAfter).toBeGreaterThan(35);
  expect((refusal as DomainError).details.retryAfter).toBeLessThanOrEqual(40);
});

it('counts for each by themselves, and keeps nobody’s name', async () => {
  expect([await allowed('c'), await allowed('d')]).toEqual([5, 5]);
  const rows = await portal.app
    .get(Database)
    .asSystem('test', (tx) => tx.query<{ key: Buffer }>('SELECT key FROM rate_limit'));
  expect(rows.every(({ key }) => key.length === 32)).toBe(true);
});

it('takes all or nothing', async () => {
  await limits.take([limited(ONE, 'e')]);
  expect(await limits.tryTake([limited(FIVE, 'e'), limited(ONE, 'e')])).toBe(false);
  expect(await allowed('e')).toBe(5);
});

it('takes several at once, all together or not at all, and never more than there can be', async () => {
  expect(await limits.tryTake([times(3, limited(FIVE, 'f'))])).toBe(true);
  expect(await limits.tryTake([times(3, limited(FIVE, 'f'))])).toBe(false);
  expect(await limits.tryTake([times(2, limited(FIVE, 'f'))])).toBe(true);
  expect(await limits.tryTake([times(6, limited(FIVE, 'never asked'))])).toBe(false);
});

it('gives back what it took, and no more', async () => {
  const use = [limited(FIVE, 'g')];
  await limits.take(use);
  await limits.giveBack(use);
  await limits.giveBack(use);
  expect(await allowed('g')).toBe(5);
  await limits.reset(use);
  expect(await allowed('g')).toBe(5);
});

it('gives back what a form was refused for, and keeps what an attack was', async () => {
  const refuse = (code: 'invalid' | 'too-many-requests') => (): Promise<never> =>
    Promise.reject(new DomainError(code));
  await expect(limits.during([limited(ONE, 'h')], refuse('invalid'))).rejects.toThrow('invalid');
  await expect(limits.during([limited(ONE, 'h')], refuse('too-many-requests'))).rejects.toThrow('too-many');
  expect(await allowed('h', ONE)).toBe(0);
});

it('forgets those that hold nobody up', async () => {
  await allowed('i');
  await pass(10_000);
  await limits.take([limited(FIVE, 'j')]);
  await portal.app.get(Jobs).runDue();
  const rows = await portal.app.get(Database).asSystem('test', (tx) => tx.query('SELECT FROM rate_limit'));
  expect(rows).toHaveLength(1);
});
