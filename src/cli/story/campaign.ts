import type { CampaignResponse } from '../../campaigns/campaign.dto.js';
import type { ConfirmedResponse } from '../../campaigns/answer.dto.js';
import type { PreviewResponse } from '../../campaigns/preview.dto.js';
import type { CallListResponse } from '../../campaigns/target.dto.js';
import type { CampaignDaysPassed } from '../../demo/dev-time.dto.js';
import { expect, Person } from './person.js';
import { mark, say, show, type Stage, step } from './stage.js';
import { type Town, visitTown } from './town.js';

/** Asked once, answered from the mail without signing in, asked again, and at last called. */
export async function campaign(stage: Stage): Promise<void> {
  const reviewer = await signInReviewer(stage);
  const [town, silent] = [await visitTown(stage), await visitTown(stage)];
  const planned = await plan(reviewer, [town, silent]);
  await preview(reviewer, planned);
  const running = await start(reviewer, planned);
  await ask(stage, reviewer, running, town);
  await remind(reviewer, running, town, silent);
  await call(reviewer, running, silent);
}

async function signInReviewer({ accounts, base }: Stage): Promise<Person> {
  step('A reviewer signs in');
  const account = accounts.find(({ role }) => role === 'reviewer');
  expect(account?.password && account.totpSecret, 'the demo has a reviewer');
  const reviewer = new Person(base, '事業推進課');
  await reviewer.signInWithPassword(account.email, account.password, account.totpSecret);
  return reviewer;
}

async function plan(reviewer: Person, towns: readonly Town[]): Promise<CampaignResponse> {
  step('A 年度確認 is planned for two municipalities: ask, ask again, call');
  const year = new Date().getUTCFullYear() + 1;
  const body = {
    title: `年度確認（${mark()}）`,
    audience: { kind: 'chosen', municipalities: towns.map(({ code }) => code) },
    countsFrom: `${year}-04-01`,
    deadline: `${year}-04-30`,
    steps: [
      { template: 'ask', recipients: 'department', on: `${year}-04-05` },
      { template: 'reminder', recipients: 'department', afterDays: 5 },
      { template: 'phone', afterDays: 5 },
    ],
  };
  return (await reviewer.must<CampaignResponse>(201, 'POST', '/campaigns', { body })).body;
}

async function preview(reviewer: Person, { id }: CampaignResponse): Promise<void> {
  step('Before anything goes: whom it asks, how many mails on which day, and real mails');
  const { body } = await reviewer.must<PreviewResponse>(200, 'GET', `/campaigns/${id}/preview`);
  for (const { label, date, municipalities, mails } of body.steps) {
    say(`${date}　${label}　${municipalities}件　メール${mails}通`);
  }
  expect(
    body.targets === 2 && body.problems.length === 0,
    'two are asked, and nothing is in the way (nobody is asked by two campaigns: is another one running?)',
  );
}

async function start(reviewer: Person, { id, version }: CampaignResponse): Promise<CampaignResponse> {
  step('It starts. Nothing is sent before its day');
  const { body } = await reviewer.must<CampaignResponse>(200, 'POST', `/campaigns/${id}/start`, {
    ifMatch: `"${version}"`,
  });
  expect(
    body.steps.every(({ mails }) => mails === 0),
    'no mail yet',
  );
  return body;
}

/** The demo's days pass until the next step. */
async function nextStep(reviewer: Person, { id }: CampaignResponse): Promise<void> {
  const { body } = await reviewer.must<CampaignDaysPassed>(200, 'POST', `/dev/time/campaigns/${id}`, {
    body: {},
  });
  say(`${body.days} days pass`);
}

async function ask({ base }: Stage, reviewer: Person, running: CampaignResponse, town: Town): Promise<void> {
  step('Its day: the mail lists what is registered, with a number and a code');
  const since = new Date();
  await nextStep(reviewer, running);
  const mail = await reviewer.waitForMail(town.mailbox, '登録内容の確認のお願い', since);
  show(mail);
  const number = /番号　+([\d ]+)/u.exec(mail.text)?.[1]?.replaceAll(' ', '') ?? '';
  const code = /確認コード　([\d ]+)/u.exec(mail.text)?.[1] ?? '';
  step(`${town.name} answers from the mail, without signing in`);
  const somebody = new Person(base, town.clerk.name);
  const path = `/confirm/${number}`;
  await somebody.must(422, 'POST', path, {
    body: { code: '000000000000', answer: 'unchanged', name: town.clerk.name },
  });
  const { body } = await somebody.must<ConfirmedResponse>(200, 'POST', path, {
    body: { code, answer: 'unchanged', name: town.clerk.name },
  });
  say(`${body.municipality}：${body.status}`);
  expect(body.status === 'confirmed', 'what the mail listed is confirmed');
}

async function remind(reviewer: Person, running: CampaignResponse, town: Town, silent: Town): Promise<void> {
  step(`${silent.name} is asked once more; ${town.name}, which has answered, isn't`);
  const since = new Date();
  await nextStep(reviewer, running);
  const mail = await reviewer.waitForMail(silent.mailbox, '再度のお願い', since);
  say(mail.subject);
  const { body } = await reviewer.must<CampaignResponse>(200, 'GET', `/campaigns/${running.id}`);
  expect(body.steps[1]?.municipalities === 1, 'one of two');
}

async function call(reviewer: Person, running: CampaignResponse, silent: Town): Promise<void> {
  step('Still no answer: 電話リスト, and what was tried');
  await nextStep(reviewer, running);
  const path = `/campaigns/${running.id}`;
  const list = await reviewer.must<CallListResponse>(200, 'GET', `${path}/calls`);
  const [item] = list.body.items;
  expect(list.body.items.length === 1 && item, 'one is left to call');
  say(`${item.municipality}　代表 ${item.mainPhone}　メール${item.mails.length}通`);
  step('On the telephone: all of it is right. That confirms it, by telephone');
  const body = { way: 'phone', outcome: 'confirmed', version: item.version };
  await reviewer.must(204, 'POST', `${path}/targets/${silent.id}/calls`, { body });
  const { body: now } = await reviewer.must<CampaignResponse>(200, 'GET', path);
  say(`確認済み ${now.progress?.answered}／${now.progress?.targets}`);
  expect(now.progress?.answered === 2 && now.progress.phone === 1, 'both have answered, one by telephone');
  await reviewer.must(200, 'POST', `${path}/close`, { ifMatch: `"${now.version}"` });
}
