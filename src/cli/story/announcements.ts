import type { AnnouncementPage, AnnouncementResponse } from '../../announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../announcements/announcement-settings.dto.js';
import type { AudienceCountResponse } from '../../announcements/audience.dto.js';
import type { FollowUpResponse, ReachPage } from '../../announcements/reach.dto.js';
import { expect, Person } from './person.js';
import { mark, say, show, type Stage, step } from './stage.js';
import { type Town, visitTown } from './town.js';

/** Written for some, read by those alone, acknowledged with a click, and the rest reminded once. */
export async function announcements(stage: Stage): Promise<void> {
  const editor = await signInEditor(stage);
  const [town, other, stranger] = [await visitTown(stage), await visitTown(stage), await visitTown(stage)];
  const title = `連携事業の打合せのご案内（${mark()}）`;
  const draft = await write(editor, title, [town, other]);
  const out = await publish(editor, draft, town);
  await wall(out, town, stranger);
  await acknowledge(editor, out, town);
  await correct(editor, out, town);
  await remind(editor, out, other);
}

async function signInEditor({ accounts, base }: Stage): Promise<Person> {
  step('An editor signs in');
  const account = accounts.find(({ role }) => role === 'editor');
  expect(account?.password && account.totpSecret, 'the demo has an editor');
  const editor = new Person(base, '広報担当');
  await editor.signInWithPassword(account.email, account.password, account.totpSecret);
  return editor;
}

async function write(editor: Person, title: string, towns: readonly Town[]): Promise<AnnouncementResponse> {
  step('A draft: for two municipalities, picked by hand; how many that is stands beside it');
  const audience = { kind: 'chosen', municipalities: towns.map(({ code }) => code) };
  const count = await editor.must<AudienceCountResponse>(200, 'POST', '/announcements/audience-counts', {
    body: audience,
  });
  say(`${count.body.municipalities} municipalities, ${count.body.mailboxes} mailboxes`);
  expect(count.body.municipalities === towns.length, 'as many as were picked');
  const { body: settings } = await editor.must<AnnouncementSettingsResponse>(
    200,
    'GET',
    '/announcement-settings',
  );
  const content = {
    title,
    summary: '来年度の連携事業について、オンラインで打合せを行います。ご都合をお知らせください。',
    body: '## 日時\n\n**1月20日（火）**14時から\n\n<script>alert(1)</script> は、文字のまま表示されます。',
    categoryId: settings.categories[0]?.id,
    audience,
  };
  const link = { ...content, body: '[資料](javascript:alert(1))' };
  const refused = await editor.must<{ errors: { message: string }[] }>(422, 'POST', '/announcements', {
    body: link,
  });
  say(`422 ${refused.body.errors[0]?.message}`);
  return (await editor.must<AnnouncementResponse>(201, 'POST', '/announcements', { body: content })).body;
}

async function publish(
  editor: Person,
  draft: AnnouncementResponse,
  town: Town,
): Promise<AnnouncementResponse> {
  step('It goes out: the mail says what it is about, and how to read the rest without a link');
  await town.clerk.must(404, 'GET', `/announcements/${draft.id}`);
  const since = new Date();
  const out = await editor.must<AnnouncementResponse>(200, 'POST', `/announcements/${draft.id}/publish`, {
    ifMatch: `"${draft.version}"`,
  });
  show(await editor.waitForMail(town.mailbox, draft.title, since));
  return out.body;
}

async function wall(out: AnnouncementResponse, town: Town, stranger: Town): Promise<void> {
  step(`For ${stranger.name} it doesn't exist: not by its id, not in a search, not in a count`);
  const search = `/announcements?q=${encodeURIComponent(out.title)}`;
  const theirs = await town.clerk.must<AnnouncementPage>(200, 'GET', search);
  expect(theirs.body.total === 1, 'those it is meant for find it');
  await stranger.clerk.must(404, 'GET', `/announcements/${out.id}`);
  const none = await stranger.clerk.must<AnnouncementPage>(200, 'GET', search);
  expect(none.body.total === 0, 'the others find nothing');
  say('404, and 0件');
}

async function acknowledge(editor: Person, out: AnnouncementResponse, town: Town): Promise<void> {
  step(`${town.clerk.name} of ${town.name} reads it and presses 「確認しました」`);
  const body = { revision: out.revision };
  await town.clerk.must(201, 'POST', `/announcements/${out.id}/acknowledgements`, { body });
  const reach = await readReach(editor, out);
  const waiting = reach.items.find(({ acknowledgement }) => acknowledgement === null);
  say(`確認済み ${reach.acknowledged}／${reach.recipients}　未確認：${waiting?.municipality}`);
  expect(reach.acknowledged === 1 && reach.recipients === 2, 'one of two');
}

const readReach = async (editor: Person, { id }: AnnouncementResponse): Promise<ReachPage> =>
  (await editor.must<ReachPage>(200, 'GET', `/announcements/${id}/reach`)).body;

async function correct(editor: Person, out: AnnouncementResponse, town: Town): Promise<void> {
  step('The time was wrong: a correction in the open, with the text of before kept');
  await editor.must(409, 'PATCH', `/announcements/${out.id}`, {
    ifMatch: `"${out.version}"`,
    body: { body: 'そっと直す' },
  });
  const since = new Date();
  await editor.must(201, 'POST', `/announcements/${out.id}/corrections`, {
    ifMatch: `"${out.version}"`,
    body: {
      title: out.title,
      summary: out.summary,
      body: '## 日時\n\n**1月20日（火）**15時から',
      categoryId: out.category.id,
      audience: out.audience,
      note: '開始の時刻を、14時から15時に改めました。',
      notify: true,
      askAgain: false,
    },
  });
  show(await editor.waitForMail(town.mailbox, `訂正のお知らせ：${out.title}`, since));
}

async function remind(editor: Person, out: AnnouncementResponse, other: Town): Promise<void> {
  step(`${other.name} hasn't acknowledged it and is reminded, once`);
  const since = new Date();
  const path = `/announcements/${out.id}/follow-ups`;
  const first = await editor.must<FollowUpResponse>(200, 'POST', path);
  expect(first.body.municipalities === 1, 'those alone who have not acknowledged it');
  const mail = await editor.waitForMail(other.mailbox, `再度のお願い：${out.title}`, since);
  say(mail.subject);
  const again = await editor.must<FollowUpResponse>(200, 'POST', path);
  expect(again.body.municipalities === 0, 'and nobody twice');
}
