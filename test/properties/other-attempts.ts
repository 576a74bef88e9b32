import { ApplicationDecisionsService } from '../../src/memberships/application-decisions.service.js';
import { ApplicationsService } from '../../src/memberships/applications.service.js';
import { Codes } from '../../src/platform/mail/codes.js';
import { AgreementsService } from '../../src/recoveries/agreements.service.js';
import { ChecksService } from '../../src/recoveries/checks.service.js';
import { ClaimsService } from '../../src/recoveries/claims.service.js';
import { LOW_RISK_FIELDS } from '../../src/review-policy/low-risk.policy.js';
import { ReviewPolicyService } from '../../src/review-policy/review-policy.service.js';
import { VerificationsService } from '../../src/verifications/verifications.service.js';
import { type Attempt, type Refusals, refusalsOf } from './attempts.js';
import type { Of } from './operations.js';
import { mailboxOf } from './registration-attempts.js';
import { personName } from './sheet.js';
import type { Snapshot, VerificationRow } from './snapshot.js';
import { CODES, type Person, type Stage } from './stage.js';
import { isPending, recoveryAt, registrationOf } from './view.js';
import { somewhere } from '../setup/client.js';

/** Whoever reads a new mailbox types its code; the newest that nobody has typed yet is the likeliest. */
export function typeCode(
  { portal }: Stage,
  snapshot: Snapshot,
  { newest, right }: Of<'type-code'>,
): Attempt | null {
  const unanswered = snapshot.verifications.filter(({ verifiedAt }) => verifiedAt === null).toReversed();
  const all = unanswered.length > 0 ? unanswered : snapshot.verifications;
  const challenge = all[newest % Math.max(all.length, 1)];
  if (!challenge) return null;
  const { id, number, subjectKind, email } = challenge;
  const code = portal.app.get(Codes).derive('verify-address', id);
  const typed = right ? code : [...code].map((digit) => (Number(digit) + 1) % 10).join('');
  return {
    what: `${email} types ${right ? 'its' : 'a wrong'} code for a ${subjectKind}`,
    place: null,
    act: () =>
      portal.app.get(VerificationsService).verify(newest === 1 ? { number } : { id }, typed, somewhere()),
    refusals: { 'wrong-code': !right || !challenge.live, ...refusalsOfAnswer(snapshot, challenge) },
    counted: ['verifications'],
  };
}

function refusalsOfAnswer(
  snapshot: Snapshot,
  { subjectKind, subjectId, verifiedAt }: VerificationRow,
): Refusals {
  if (subjectKind === 'change-request') {
    const request = snapshot.requests.find(({ id }) => id === subjectId);
    return {
      'not-awaiting-verification':
        verifiedAt === null && request?.status !== 'awaiting_verification' && request?.status !== 'scheduled',
    };
  }
  if (subjectKind === 'recovery') {
    return { 'not-awaiting-verification': 'maybe', 'can-sign-in': 'maybe' };
  }
  return {
    'not-awaiting-verification': 'maybe',
    'already-registered': 'maybe',
    'open-application-exists': 'maybe',
  };
}

const rulesOf = (bits: number): (typeof LOW_RISK_FIELDS)[number][] =>
  LOW_RISK_FIELDS.filter((_field, index) => ((bits >> index) & 1) === 1);

export { rulesOf };

export function changeRules(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  operation: Of<'propose-rules' | 'agree-to-rules'>,
): Attempt {
  const live = snapshot.policies.filter(({ status }) => status === 'in_force' || status === 'proposed');
  const proposal = live.find(({ status }) => status === 'proposed');
  const steps =
    snapshot.policies.length + snapshot.policies.filter(({ status }) => status !== 'proposed').length - 1;
  const version = operation.stale ? steps + 7 : steps;
  const policy = portal.app.get(ReviewPolicyService);
  const acts = {
    'propose-rules': () =>
      policy.propose(person.viewer, version, {
        atOnce: operation.op === 'propose-rules' ? rulesOf(operation.bits) : [],
        reason: '年度初めのためです。',
      }),
    'agree-to-rules': () => policy.agree(person.viewer, version),
    'decline-rules': () => policy.decline(person.viewer, version),
  };
  const answers = operation.op !== 'propose-rules';
  return {
    what: `${person.name}: ${operation.op}`,
    place: null,
    act: acts[operation.op],
    refusals: {
      ...refusalsOf(snapshot, person, 'admin'),
      'stale-version': operation.stale,
      'no-proposal': answers && proposal === undefined,
      'second-person-needed':
        operation.op === 'agree-to-rules' && proposal?.proposedByAccountId === person.accountId,
    },
  };
}

export function claim({ portal }: Stage, snapshot: Snapshot, { place, kind, value }: Of<'claim'>): Attempt {
  const registration = registrationOf(snapshot, place);
  const email = mailboxOf(place)(value);
  return {
    what: `${email} claims ${place}, ${kind}`,
    place,
    act: () =>
      portal.app.get(ClaimsService).claim(
        {
          municipalityCode: CODES[place],
          kind,
          department: {
            name: '政策課',
            kana: null,
            email,
            phone: null,
            fax: null,
            postalCode: null,
            address: null,
          },
          contact: { name: personName(value), kana: null, title: null, extension: null },
          message: null,
        },
        somewhere(),
      ),
    refusals: {
      'not-registered': registration.status === 'withdrawn',
      'too-many-requests': 'maybe',
    },
  };
}

export function answerClaim(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  operation: Of<'call' | 'agree'>,
): Attempt | null {
  const { place } = operation;
  const recovery = recoveryAt(snapshot, place);
  if (!recovery) return null;
  const { id, status, version: seen } = recovery;
  const stale = operation.op !== 'call' && operation.stale;
  const version = stale ? seen + 7 : seen;
  const { app } = portal;
  const ready = { call: 'awaiting_call', agree: 'awaiting_agreement', 'decline-claim': 'awaiting_call' };
  const acts = {
    call: () =>
      app.get(ChecksService).noteCall(person.viewer, id, {
        numberCalled: '0155-00-2110',
        source: 'official-site',
        spokeWith: '総務課の方',
        outcome: operation.op === 'call' ? operation.outcome : 'confirmed',
        note: null,
      }),
    agree: () => app.get(AgreementsService).agree(person.viewer, id, version),
    'decline-claim': () => app.get(ChecksService).decline(person.viewer, id, version, 'ご本人の取下げ'),
  };
  const isReady =
    status === ready[operation.op] || (operation.op === 'decline-claim' && status === 'awaiting_agreement');
  return {
    what: `${person.name}: ${operation.op} of the claim for ${place}, ${status}`,
    place,
    act: acts[operation.op],
    refusals: {
      ...refusalsOf(snapshot, person, 'reviewer'),
      'recovery-decided': !isPending(recovery),
      'recovery-not-ready': isPending(recovery) && !isReady,
      'stale-version': stale,
      ...(operation.op === 'agree' && {
        'second-person-needed': isReady && recovery.confirmedByAccountId === person.accountId,
        'registration-withdrawn': registrationOf(snapshot, place).status === 'withdrawn',
      }),
    },
  };
}

export function apply({ portal }: Stage, snapshot: Snapshot, { place, value }: Of<'apply'>): Attempt {
  const shared = mailboxOf(place)(value);
  const own = mailboxOf(place)(value + 3);
  return {
    what: `${shared} applies for ${place}`,
    place,
    act: () =>
      portal.app.get(ApplicationsService).apply(
        {
          municipalityCode: CODES[place],
          proposed: {
            mainPhone: `0155-00-100${value}`,
            primaryDepartmentId: 'new-1',
            departments: [
              {
                id: 'new-1',
                name: '企画課',
                kana: null,
                email: shared,
                phone: null,
                fax: null,
                postalCode: null,
                address: null,
              },
            ],
            contacts: [
              {
                id: 'new-1',
                departmentId: 'new-1',
                name: personName(value),
                kana: null,
                title: null,
                email: value % 2 === 0 ? null : own,
                extension: null,
                role: 'primary',
              },
            ],
          },
          applicantName: personName(value),
          comment: null,
        },
        somewhere(),
      ),
    refusals: {
      'already-registered': registrationOf(snapshot, place).status === 'active',
      'too-many-requests': 'maybe',
    },
  };
}

export function decideApplication(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { op, place, stale }: Of<'accept'>,
): Attempt | null {
  const all = snapshot.applications.filter(({ code }) => code === CODES[place]);
  const application = all.find(({ status }) => status === 'under_review') ?? all.at(-1);
  if (!application) return null;
  const version = stale ? application.version + 7 : application.version;
  const decisions = portal.app.get(ApplicationDecisionsService);
  return {
    what: `${person.name}: ${op} for ${place}, ${application.status}`,
    place,
    act: () =>
      op === 'accept'
        ? decisions.accept(person.viewer, application.id, version)
        : decisions.decline(person.viewer, application.id, version, '重複のため'),
    refusals: {
      ...refusalsOf(snapshot, person, 'reviewer'),
      'application-not-under-review': application.status === 'awaiting_verification',
      'application-decided': ['accepted', 'declined', 'expired'].includes(application.status),
      'stale-version': stale,
      ...(op === 'accept' && {
        'already-registered': registrationOf(snapshot, place).status === 'active',
      }),
    },
  };
}
