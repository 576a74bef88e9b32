import type { MailPage, MailResponse } from '../../src/platform/outbox/mail.dto.js';
import { on, only, registrationsAt, rowsOf } from '../factories/campaign-walk.js';
import { reviewer, start } from '../factories/campaigns.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** A mailbox that serves two municipalities, as that of a 広域連合, beside one that serves one. */
let portal: ClockedPortal;
let both: TestRegistration[];
let alone: TestRegistration;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  const made = await registrationsAt(portal, ['both.example', 'both.example', 'alone.example']);
  both = made.slice(0, 2);
  alone = made[2] as TestRegistration;
  await start((await reviewer(portal)).client, { audience: only(...made) });
  await on(portal, '2027-04-05T09:00:10+09:00');
});
afterAll(() => portal.close());

const mailsAbout = async ({ id }: TestRegistration): Promise<MailPage['items']> => {
  const { client } = await reviewer(portal);
  return (await client.get<MailPage>(`/mail/messages?registrationId=${id}&kind=campaign.ask`)).body.items;
};

const idsAbout = ({ about }: MailPage['items'][number]): string[] =>
  about.map(({ registrationId }) => registrationId).toSorted();

it('has its one mail listed with each of them, saying both', async () => {
  const lists = await Promise.all(both.map(mailsAbout));
  expect(lists.map(({ length }) => length)).toEqual([1, 1]);
  const [first, second] = lists.flat();
  expect(first?.id).toBe(second?.id);
  expect(first && idsAbout(first)).toEqual(both.map(({ id }) => id).toSorted());
  expect(first?.about.map(({ municipality }) => municipality)).toEqual([
    expect.stringMatching(/[都道府県].+[市区町村]$/),
    expect.stringMatching(/[都道府県].+[市区町村]$/),
  ]);
  const [own] = await mailsAbout(alone);
  expect(own && idsAbout(own)).toEqual([alone.id]);
});

it('leaves a note with each of them when somebody of the office reads the mail', async () => {
  const [mail] = await mailsAbout(both[0] as TestRegistration);
  const { client } = await reviewer(portal);
  const { body } = await client.get<MailResponse>(`/mail/messages/${mail?.id}`);
  expect(idsAbout(body)).toHaveLength(2);
  const notes = await rowsOf<{ id: string }>(
    portal,
    `SELECT registration_id AS id FROM personal_read WHERE operation = 'mail.read' AND subject_id = $1
      ORDER BY registration_id`,
    [mail?.id],
  );
  expect(notes.map(({ id }) => id)).toEqual(both.map(({ id }) => id).toSorted());
});
