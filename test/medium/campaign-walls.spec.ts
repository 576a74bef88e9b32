import type { SessionViewer } from '../../src/platform/access/viewer.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { on, only, rowsOf } from '../factories/campaign-walk.js';
import { create, reviewer, start } from '../factories/campaigns.js';
import { signInMember } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** Row-level security of campaigns by itself, as of a member for whom no guard stands in the way. */
let portal: ClockedPortal;
let ours: TestRegistration;
let theirs: TestRegistration;
let viewer: SessionViewer;
/** Of three, the one that asks us. */
let asked: string;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  ours = await createRegistration(portal, CODES.otofuke);
  theirs = await createRegistration(portal, CODES.totsukawa);
  const { client } = await reviewer(portal);
  asked = (await start(client, { audience: only(ours) })).id;
  await start(client, { audience: only(theirs) });
  await create(client);
  await on(portal, '2027-04-05T10:00:00+09:00');
  await on(portal, '2027-04-30T10:00:00+09:00');
  const office = await reviewer(portal);
  for (const registration of [ours, theirs]) {
    const [row] = await rowsOf<{ id: string }>(
      portal,
      'SELECT campaign_id AS id FROM campaign_target WHERE registration_id = $1',
      [registration.id],
    );
    const noted = await office.client.post(`/campaigns/${row?.id}/targets/${registration.id}/calls`, {
      body: { way: 'phone', outcome: 'absent', note: '午後に、もう一度' },
    });
    expect(noted.status).toBe(204);
  }
  ({ viewer } = await signInMember(portal, ours));
});
afterAll(() => portal.close());

const asMember = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  portal.app.get(Database).transaction(viewer, Permission.ReadRegistration, work);

describe('a member, with every guard out of the way,', () => {
  it('reads whom a campaign asks only of its own, and the campaign that asks it', async () => {
    const targets = await asMember((tx) => tx.query('SELECT registration_id AS id FROM campaign_target'));
    expect(targets).toEqual([{ id: ours.id }]);
    expect(await asMember((tx) => tx.query('SELECT id FROM campaign'))).toEqual([{ id: asked }]);
  });

  it.each(['campaign_settings', 'campaign_step', 'campaign_question', 'campaign_reminder', 'campaign_call'])(
    'reads nothing of %s',
    async (table) => {
      const sql = `SELECT 1 FROM ${table} LIMIT 1`;
      expect(await rowsOf(portal, sql)).toHaveLength(1);
      expect(await asMember((tx) => tx.query(sql))).toEqual([]);
    },
  );

  it('ends nobody else’s question, and changes no campaign', async () => {
    for (const statement of [
      `UPDATE campaign_target SET left_at = now(), left_because = 'closed' WHERE registration_id = '${theirs.id}'`,
      `UPDATE campaign SET title = 'x'`,
      `UPDATE campaign_step SET done_at = NULL`,
      'UPDATE campaign_settings SET standing_rule = NOT standing_rule',
      'DELETE FROM campaign',
      'DELETE FROM campaign_step',
    ]) {
      expect([statement, await asMember((tx) => tx.execute(statement))]).toEqual([statement, 0]);
    }
  });

  it('puts nobody into a campaign', async () => {
    const planted = asMember((tx) =>
      tx.execute(
        'INSERT INTO campaign_target (campaign_id, registration_id, counts_from) VALUES ($1, $2, now())',
        [asked, theirs.id],
      ),
    );
    await expect(planted).rejects.toThrow(/row-level security/);
  });
});
