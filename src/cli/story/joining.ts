import type {
  ApplicationPage,
  ApplicationResponse,
  AppliedResponse,
} from '../../memberships/application.dto.js';
import type { WithdrawalResponse } from '../../memberships/withdrawal.dto.js';
import type { MunicipalityPage, MunicipalityResponse } from '../../registry/municipality.dto.js';
import type {
  HistoryPage,
  ProposedRegistrationDto,
  RegistrationPage,
  RegistrationResponse,
} from '../../registry/registration.dto.js';
import { expect, Person } from './person.js';
import { mark, say, show, type Stage, step } from './stage.js';
import { typeCode } from './town.js';

/** 高知県: no agreement covers it, so that the demo registers nobody there. */
const PREFECTURE = '390003';

/** A municipality applies, becomes a member, leaves, comes back to the same registration, and leaves again. */
export async function joining(stage: Stage): Promise<void> {
  const municipality = await findFree(stage);
  const first = await applies(stage, municipality);
  const registrationId = await isAccepted(stage, first);
  try {
    const clerk = await signsIn(stage, registrationId, first.applicantMailbox);
    await leaves(stage, registrationId, '当自治体の方針により、退会します。');
    await accessHasEnded(stage, clerk, first.applicantMailbox);
    const second = await applies(stage, municipality);
    expect(second.endedRegistrationId === registrationId, 'the reviewer sees that it was registered before');
    expect((await isAccepted(stage, second)) === registrationId, 'it is the same registration');
    await historyIsOneLine(stage, registrationId);
  } finally {
    step('It leaves again, so that the demo has its 372 registrations');
    await leaves(stage, registrationId, 'デモを元に戻すためです。');
    const { body } = await stage.reviewer.must<RegistrationPage>(200, 'GET', '/registrations?limit=1');
    say(`${body.total} registrations`);
  }
}

/** Rather one that was never registered, so that the first acceptance is its first. */
async function findFree({ reviewer }: Stage): Promise<MunicipalityResponse> {
  step('A municipality that is not registered');
  const { body } = await reviewer.must<MunicipalityPage>(
    200,
    'GET',
    `/municipalities?prefecture=${PREFECTURE}&limit=200`,
  );
  const { body: ended } = await reviewer.must<RegistrationPage>(
    200,
    'GET',
    `/registrations?status=withdrawn&prefecture=${PREFECTURE}&limit=200`,
  );
  const left = new Set(ended.items.map(({ municipalityCode }) => municipalityCode));
  const free = body.items.filter(({ registered }) => !registered);
  const found = free.find(({ code }) => !left.has(code)) ?? free[0];
  expect(found, 'there is one that is free');
  say(`${found.prefecture}${found.name} (${found.code})${left.has(found.code) ? ', once a member' : ''}`);
  return found;
}

function proposal({ code, officePostalCode, officeAddress }: MunicipalityResponse): ProposedRegistrationDto {
  const host = `r${code}.example`;
  return {
    mainPhone: '0889-00-1110',
    primaryDepartmentId: 'new-1',
    departments: [
      {
        id: 'new-1',
        name: '企画財政課',
        kana: 'きかくざいせいか',
        email: `kikaku-${mark()}@${host}`,
        phone: '0889-00-1111',
        fax: null,
        postalCode: officePostalCode,
        address: officeAddress,
      },
    ],
    contacts: [
      {
        id: 'new-2',
        departmentId: 'new-1',
        name: '髙﨑 澪里',
        kana: 'たかさき みおり',
        title: '主査',
        email: `takasaki-${mark()}@${host}`,
        extension: '210',
        role: 'primary',
      },
    ],
  };
}

async function applies(stage: Stage, municipality: MunicipalityResponse): Promise<ApplicationResponse> {
  step(`${municipality.name} applies; both mailboxes have to answer before anybody looks at it`);
  const applicant = new Person(stage.base, '髙﨑 澪里');
  const since = new Date();
  const { body: applied } = await applicant.must<AppliedResponse>(201, 'POST', '/applications', {
    body: {
      municipalityCode: municipality.code,
      proposed: proposal(municipality),
      applicantName: '髙﨑 澪里',
      comment: '来年度から参加を希望します。',
    },
  });
  say(`${applied.number}　${applied.statusLabel}`);
  const { body: queue } = await stage.reviewer.must<ApplicationPage>(
    200,
    'GET',
    '/applications?sort=-submittedAt&limit=200',
  );
  const id = queue.items.find(({ number }) => number === applied.number)?.id;
  expect(id, 'staff can see it');
  for (const [index, mailbox] of applied.awaiting.entries()) {
    const mail = await applicant.waitForMail(mailbox, 'メールアドレスの確認のお願い', since);
    if (index === 0) show(mail);
    const { body } = await typeCode<{ remaining: number; next: string }>(applicant, mail);
    say(`${mailbox}: ${body.next}`);
    expect(body.remaining === applied.awaiting.length - index - 1, 'one after the other answers');
  }
  const { body } = await stage.reviewer.must<ApplicationResponse>(200, 'GET', `/applications/${id}`);
  expect(body.status === 'under_review', 'it is under review');
  show(await applicant.waitForMail(body.applicantMailbox, '登録のお申込みを受け付けました', since));
  return body;
}

async function isAccepted({ reviewer }: Stage, { id, version }: ApplicationResponse): Promise<string> {
  step('A reviewer accepts it, and its mailboxes are invited');
  const since = new Date();
  const { body } = await reviewer.must<ApplicationResponse>(200, 'POST', `/applications/${id}/accept`, {
    ifMatch: `"${version}"`,
  });
  expect(body.registrationId, 'it has become a registration');
  show(await reviewer.waitForMail(body.applicantMailbox, '会員登録のお知らせ', since));
  return body.registrationId;
}

async function signsIn(stage: Stage, registrationId: string, mailbox: string): Promise<Person> {
  step('Its clerk signs in as the mail says');
  const clerk = new Person(stage.base, '髙﨑 澪里');
  await clerk.signInByMail(mailbox);
  await clerk.must(200, 'GET', `/registrations/${registrationId}`);
  return clerk;
}

async function leaves({ reviewer }: Stage, id: string, reason: string): Promise<void> {
  step('退会, with a reason');
  const { body: before, etag } = await reviewer.must<RegistrationResponse>(
    200,
    'GET',
    `/registrations/${id}`,
  );
  const since = new Date();
  const { body } = await reviewer.must<WithdrawalResponse>(200, 'POST', `/registrations/${id}/withdraw`, {
    ifMatch: etag,
    body: { reason },
  });
  expect(body.status === 'withdrawn' && body.withdrawnReason === reason, 'the membership has ended');
  const [{ email } = { email: '' }] = before.departments;
  show(await reviewer.waitForMail(email, '退会を受け付けました', since));
}

async function accessHasEnded(stage: Stage, clerk: Person, mailbox: string): Promise<void> {
  step('The session is dead, and no code comes any more');
  await clerk.must(401, 'GET', '/me');
  const since = new Date();
  const stranger = new Person(stage.base, '髙﨑 澪里');
  await stranger.must(202, 'POST', '/auth/challenges', { body: { email: mailbox } });
  const mails = await stranger.mails();
  expect(
    !mails.some(({ to, sentAt }) => to === mailbox && new Date(sentAt) >= since),
    'the answer is the same as ever, but nothing is mailed',
  );
}

async function historyIsOneLine({ reviewer }: Stage, id: string): Promise<void> {
  step('Its history is one line');
  const { body } = await reviewer.must<HistoryPage>(200, 'GET', `/registrations/${id}/history`);
  for (const { version, effectiveOn, cause, proposedBy } of body.items) {
    say(`version ${version}　${effectiveOn}　${cause}　${proposedBy}`);
  }
  const [returned, withdrawn, joined] = body.items.map(({ cause }) => cause);
  expect(returned === 'return' && withdrawn === 'withdrawal', 'it left and came back');
  expect(joined === 'application' || joined === 'return', 'as it had once come');
}
