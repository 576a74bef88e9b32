import type { By, Edit, Operation, Place, Which } from './operations.js';
import type { RecoveryRow, RequestRow, Snapshot } from './snapshot.js';
import { CODES, type Person } from './stage.js';
import { isOpen, recoveryAt, registrationOf, requestsOf } from './view.js';

const EDITS: readonly Edit['what'][] = [
  'phone',
  'name',
  'extension',
  'own-mailbox',
  'no-own-mailbox',
  'shared-mailbox',
  'add-person',
  'remove-person',
  'add-department',
  'remove-department',
];

/** Takes numbers out of one, so that what a luck means never depends on what was drawn before. */
function dice(luck: number): (sides: number) => number {
  let rest = luck;
  return (sides) => {
    // A linear congruence: any mixing will do.
    rest = (rest * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(rest / 65_536) % sides;
  };
}

/**
 * What comes next where things stand: sequences of blind operations seldom get to the end of anything.
 *
 * @param luck chooses among what would be natural
 */
export function naturalStep(
  snapshot: Snapshot,
  staff: readonly Person[],
  place: Place,
  luck: number,
): Operation {
  const roll = dice(luck);
  const seat = roll(2) as 0 | 1;
  const clerk: By = { role: 'clerk', seat, foreign: false };
  const reviewer: By = { role: 'reviewer', seat };
  const registration = registrationOf(snapshot, place);
  const to = { place, stale: false };
  if (registration.status === 'withdrawn') return beginAgain(snapshot, place, reviewer, roll);
  const recovery = recoveryAt(snapshot, place);
  if (recovery?.status === 'awaiting_call' && roll(2) === 0) {
    return { op: 'call', by: reviewer, place, outcome: roll(6) === 0 ? 'no-answer' : 'confirmed' };
  }
  if (recovery?.status === 'awaiting_agreement' && roll(2) === 0) {
    const caller = staff.find(({ accountId }) => accountId === recovery.confirmedByAccountId);
    return { op: 'agree', by: { role: 'reviewer', seat: caller?.name.endsWith('0') ? 1 : 0 }, ...to };
  }
  if (recovery?.status === 'awaiting_verification' && roll(3) === 0) return claim(place, recovery, roll);
  const request = requestsOf(snapshot, registration.id).find(isOpen);
  if (request)
    return goOn(request, { place, roll, staff, moved: registration.version !== request.baseVersion });
  const scheduled = requestsOf(snapshot, registration.id).find(({ status }) => status === 'scheduled');
  const begin = roll(scheduled ? 16 : 10);
  if (begin === 8) return { op: 'undo', by: reviewer, which: 'applied', ...to };
  if (begin === 7) return { op: 'look-over', by: reviewer, which: 'applied', ...to };
  if (begin === 6) return { op: 'hand-over', by: clerk, at: roll(4), value: roll(8), days: roll(15), ...to };
  if (begin === 9) return claim(place, recovery, roll);
  if (begin === 10)
    return { op: 'rebase', by: clerk, which: 'scheduled', how: 'complete', bits: roll(1024), ...to };
  if (begin >= 12) return { op: 'days-pass', days: roll(15), twice: roll(2) === 0 };
  if (begin === 11) return { op: 'import', place, edits: edits(roll) };
  return {
    op: 'submit',
    by: roll(5) === 0 ? reviewer : clerk,
    edits: begin < 3 ? small(snapshot, roll) : edits(roll),
    ...to,
  };
}

type Roll = (sides: number) => number;

const edits = (roll: Roll): Edit[] =>
  Array.from({ length: 1 + roll(3) }, () => ({
    what: EDITS[roll(EDITS.length)] ?? 'phone',
    at: roll(4),
    value: roll(8),
  }));

/** What the rules let pass, where they let anything. */
function small({ policies }: Snapshot, roll: Roll): Edit[] {
  const rules = policies.find(({ status }) => status === 'in_force')?.atOnce ?? [];
  const fields = (['name', 'extension'] as const).filter((field) => rules.includes(field));
  const what = fields[roll(Math.max(fields.length, 1))];
  return what ? [{ what, at: roll(3), value: roll(8) }] : edits(roll);
}

/** Whoever lost their mailbox claims a new one, and types its code. */
function claim(place: Place, recovery: RecoveryRow | undefined, roll: Roll): Operation {
  return recovery?.status === 'awaiting_verification'
    ? { op: 'type-code', newest: 0, right: true }
    : { op: 'claim', place, kind: roll(2) === 0 ? 'lost-address' : 'everyone-left', value: roll(3) };
}

/** After 退会: an application, its codes, and the decision. */
function beginAgain({ applications }: Snapshot, place: Place, by: By, roll: Roll): Operation {
  const newest = applications.findLast(({ code }) => code === CODES[place]);
  if (newest?.status === 'under_review') return { op: 'accept', by, place, stale: false };
  if (newest?.status === 'awaiting_verification' && roll(4) > 0) {
    return { op: 'type-code', newest: roll(2), right: true };
  }
  return { op: 'apply', place, value: roll(8) };
}

function goOn(
  request: RequestRow,
  { place, roll, staff, moved }: { place: Place; roll: Roll; staff: readonly Person[]; moved: boolean },
): Operation {
  const proposer = staff.find(({ accountId }) => accountId === request.proposedByAccountId);
  const seat = roll(2) as 0 | 1;
  const other: By = { role: 'reviewer', seat: proposer ? (proposer.name.endsWith('0') ? 1 : 0) : seat };
  const own: By = proposer
    ? { role: 'reviewer', seat: proposer.name.endsWith('0') ? 0 : 1 }
    : { role: 'clerk', seat, foreign: false };
  const to = { place, stale: false, which: 'open' as Which };
  if (roll(12) === 0) return { op: 'import', place, edits: edits(roll) };
  if (moved) {
    const by = request.status === 'under_review' && roll(2) === 0 ? other : own;
    return { op: 'rebase', by, how: 'complete', bits: roll(1024), ...to };
  }
  if (request.status === 'awaiting_verification') return { op: 'type-code', newest: roll(2), right: true };
  if (request.status === 'returned') {
    return roll(2) === 0
      ? { op: 'resubmit', by: own, ...to }
      : { op: 'edit', by: own, edits: edits(roll), ...to };
  }
  const decision = roll(8);
  if (decision === 0) return { op: 'return', by: other, ...to };
  const how = decision < 4 ? 'some' : 'all';
  return { op: 'approve', by: other, how, bits: roll(1024), ...to };
}
