import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { arrange, only, on, rowsOf } from '../factories/campaign-walk.js';
import { confirm, readOff, reviewer, start } from '../factories/campaigns.js';
import { newRegistration } from '../factories/change-requests.js';
import { signInStaff } from '../factories/people.js';
import { Client, somewhere } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { type PortalProcess, Processes } from '../setup/processes.js';

/** Guessing at codes, against two processes on one database, from as many networks as anybody likes. */
const PER_NUMBER = 10;
const PER_NETWORK_AND_NUMBER = 5;
const OVER_THE_PORTAL = 200;

let portal: ClockedPortal;
let processes: Processes;
let other: PortalProcess;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  processes = await Processes.beside(portal);
  other = await processes.start({ WORKER: 'off', TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});
beforeEach(() => arrange(portal, 'DELETE FROM rate_limit'));

interface Typed {
  readonly number: string;
  readonly code: string;
}

async function asked(): Promise<Typed> {
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  const { registration } = await newRegistration(portal);
  await start((await reviewer(portal)).client, {
    audience: only(registration),
    steps: [{ template: 'ask', recipients: 'primary', on: '2027-04-05' }],
  });
  const [mail] = await on(portal, '2027-04-05T09:00:10+09:00');
  const [read] = mail ? readOff(portal, mail) : [];
  if (!read) throw new Error('nobody was asked');
  return { number: read.number.replaceAll(' ', ''), code: read.code.replaceAll(' ', '') };
}

/** The same digits but for the last one. */
const wrong = ({ number, code }: Typed): Typed => ({
  number,
  code: code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10),
});

/** Somebody at one of the two processes, who calls from a network of their own. */
const somebody = (at: number, network = somewhere()): Client => {
  const client = new Client(at % 2 === 0 ? portal : other);
  client.network = network;
  return client;
};

const tally = (answers: readonly { status: number }[]): Record<number, number> =>
  Object.fromEntries(
    [...new Set(answers.map(({ status }) => status))].map((status) => [
      status,
      answers.filter((answer) => answer.status === status).length,
    ]),
  );

describe('wrong codes of one number', () => {
  it('are ten, from all networks and over both processes together, at once or one after another', async () => {
    const one = await asked();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => confirm(somebody(at), wrong(one))),
    );
    expect(tally(answers)).toEqual({ 422: PER_NUMBER, 429: 40 - PER_NUMBER });
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('too-many-requests');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(360);
    // The other numbers are free meanwhile.
    expect((await confirm(somebody(0), await asked())).status).toBe(200);
  });

  it('are five from one network, before anybody else is held up', async () => {
    const one = await asked();
    const network = somewhere();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => confirm(somebody(at, network), wrong(one))),
    );
    expect(tally(answers)).toEqual({ 422: PER_NETWORK_AND_NUMBER, 429: 12 - PER_NETWORK_AND_NUMBER });
    expect((await confirm(somebody(1), one)).body.status).toBe('confirmed');
  });

  it('count the same in whatever form the number is typed', async () => {
    const one = await asked();
    const forms = [one.number, `00${one.number}`, one.number.replace(/^.../, '$& '), `${one.number}　`];
    const answers = [];
    for (let at = 0; at < 16; at += 1) {
      answers.push(await confirm(somebody(at), { ...wrong(one), number: forms[at % forms.length] ?? '' }));
    }
    expect(tally(answers)).toEqual({ 422: PER_NUMBER, 429: 6 });
  });

  it('come back with time: one each six minutes', async () => {
    const one = await asked();
    for (let at = 0; at < PER_NUMBER; at += 1) await confirm(somebody(at), wrong(one));
    expect((await confirm(somebody(0), one)).status).toBe(429);
    await portal.clock.advance({ minutes: 7 });
    expect((await confirm(somebody(1), one)).body.status).toBe('confirmed');
  });

  it('don’t grow by the rightful code, which is given back', async () => {
    const one = await asked();
    for (let at = 0; at < 3 * PER_NUMBER; at += 1) {
      expect((await confirm(somebody(at, '2001:db8:1:1::1'), one)).status).toBe(200);
    }
    for (let at = 0; at < PER_NUMBER; at += 1) {
      expect((await confirm(somebody(at), wrong(one))).status).toBe(422);
    }
    expect((await confirm(somebody(0), wrong(one))).status).toBe(429);
  });

  it('of a number that nobody has are counted like those of one that somebody has', async () => {
    const answers = [];
    for (let at = 0; at < PER_NUMBER + 2; at += 1) {
      answers.push(await confirm(somebody(at), { number: '999999999', code: '123412341234' }));
    }
    expect(tally(answers)).toEqual({ 422: PER_NUMBER, 429: 2 });
  });
});

describe('many wrong codes over the whole portal', () => {
  it('refuse nobody, and tell an admin once, until somebody has looked', async () => {
    const one = await asked();
    const tasks = async (): Promise<TaskPage['items']> => {
      const { client } = await signInStaff(portal, ['admin']);
      const { items } = (await client.get<TaskPage>('/tasks?limit=500')).body;
      return items.filter(({ kind }) => kind === 'campaign.guessing');
    };
    const surge = async (count: number): Promise<Record<number, number>> => {
      const answers = [];
      // A few at a time, as they would come.
      for (let from = 0; from < count; from += 20) {
        const batch = Array.from({ length: Math.min(20, count - from) }, (_, at) =>
          confirm(somebody(at), {
            number: String(500_000_000 + Math.floor(Math.random() * 1e8)),
            code: '1'.repeat(12),
          }),
        );
        answers.push(...(await Promise.all(batch)));
      }
      return tally(answers);
    };
    expect(await surge(OVER_THE_PORTAL - 20)).toEqual({ 422: OVER_THE_PORTAL - 20 });
    expect(await tasks()).toEqual([]);
    expect(await surge(60)).toEqual({ 422: 60 });
    const [task, ...more] = await tasks();
    expect([task?.kind, more]).toEqual(['campaign.guessing', []]);
    expect((await confirm(somebody(0), one)).body.status).toBe('confirmed');
    const { client } = await signInStaff(portal, ['reviewer']);
    expect((await client.post(`/tasks/${task?.id}/done`)).status).toBe(404);
    const admin = await signInStaff(portal, ['admin']);
    expect((await admin.client.post(`/tasks/${task?.id}/done`)).status).toBe(200);
    expect(await tasks()).toEqual([]);
    await surge(20);
    expect(await tasks()).toHaveLength(1);
  });

  it('leave no code, number or network in the database but as a keyed hash', async () => {
    await confirm(somebody(0), { number: '777777777', code: '987698769876' });
    const [row] = await rowsOf<{ text: string }>(
      portal,
      `SELECT string_agg(encode(key, 'escape') || free_at, ' ') AS text FROM rate_limit`,
    );
    expect(row?.text).not.toMatch(/777777777|987698769876/);
  });
});
