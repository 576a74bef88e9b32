import * as fc from 'fast-check';

/** Of two municipalities. Most of what happens is at A. */
export type Place = 'A' | 'B';

/** Who does it: a clerk of the place (or, `foreign`, of the other one), or one of the staff. */
export type By =
  | { readonly role: 'clerk'; readonly seat: 0 | 1; readonly foreign: boolean }
  | { readonly role: 'reviewer' | 'admin'; readonly seat: 0 | 1 };

/** Which of a place's change requests. Where there is none of that kind, the newest. */
export type Which = 'open' | 'scheduled' | 'applied' | 'newest' | 'oldest';

/** One thing that a person types into the sheet. Numbers choose among what is there. */
export interface Edit {
  readonly what:
    | 'phone'
    | 'name'
    | 'extension'
    | 'own-mailbox'
    | 'no-own-mailbox'
    | 'shared-mailbox'
    | 'add-person'
    | 'remove-person'
    | 'move-person'
    | 'add-department'
    | 'remove-department'
    | 'primary-department';
  readonly at: number;
  readonly value: number;
}

interface ToRequest {
  readonly place: Place;
  readonly by: By;
  readonly which: Which;
  readonly stale: boolean;
}

interface ToRegistration {
  readonly place: Place;
  readonly by: By;
  readonly stale: boolean;
}

export type Operation =
  /** Whatever would come next where things stand; `luck` chooses among it. */
  | { readonly op: 'go-on'; readonly place: Place; readonly luck: number }
  | ({ readonly op: 'submit'; readonly edits: readonly Edit[] } & ToRegistration)
  | ({
      readonly op: 'hand-over';
      readonly at: number;
      readonly value: number;
      readonly days: number;
    } & ToRegistration)
  | ({ readonly op: 'confirm' } & ToRegistration)
  | ({ readonly op: 'end-membership'; readonly close: boolean } & ToRegistration)
  | ({ readonly op: 'save-draft' | 'remove-draft' } & ToRegistration)
  | { readonly op: 'import'; readonly place: Place; readonly edits: readonly Edit[] }
  | ({ readonly op: 'edit'; readonly edits: readonly Edit[] } & ToRequest)
  | ({
      readonly op: 'resubmit' | 'resend' | 'withdraw' | 'return' | 'look-over' | 'undo' | 'compare';
    } & ToRequest)
  | ({
      readonly op: 'approve';
      readonly how: 'all' | 'some' | 'forgetful' | 'unknown';
      readonly bits: number;
    } & ToRequest)
  | ({ readonly op: 'rebase'; readonly how: 'complete' | 'careless'; readonly bits: number } & ToRequest)
  | { readonly op: 'type-code'; readonly newest: number; readonly right: boolean }
  | { readonly op: 'days-pass'; readonly days: number; readonly twice: boolean }
  | { readonly op: 'propose-rules'; readonly by: By; readonly bits: number; readonly stale: boolean }
  | { readonly op: 'agree-to-rules' | 'decline-rules'; readonly by: By; readonly stale: boolean }
  | {
      readonly op: 'claim';
      readonly place: Place;
      readonly kind: 'lost-address' | 'everyone-left';
      readonly value: number;
    }
  | {
      readonly op: 'call';
      readonly by: By;
      readonly place: Place;
      readonly outcome: 'confirmed' | 'denied' | 'no-answer';
    }
  | {
      readonly op: 'agree' | 'decline-claim';
      readonly by: By;
      readonly place: Place;
      readonly stale: boolean;
    }
  | { readonly op: 'apply'; readonly place: Place; readonly value: number }
  | {
      readonly op: 'accept' | 'decline-application';
      readonly by: By;
      readonly place: Place;
      readonly stale: boolean;
    };

/** The operations of a name. */
export type Of<Name extends Operation['op'], Any = Operation> = Any extends { readonly op: infer Named }
  ? Name extends Named
    ? Any
    : never
  : never;

export type Step = Operation | { readonly op: 'at-once'; readonly both: readonly [Operation, Operation] };

export interface Sequence {
  /** Fields of a person that the rules let change at once when it begins, as bits. */
  readonly rules: number;
  readonly steps: readonly Step[];
}

const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

const rarely = fc.oneof(
  { weight: 24, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);
const seat = fc.constantFrom<(0 | 1)[]>(0, 1);
const place = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Place>('A') },
  { weight: 1, arbitrary: fc.constant<Place>('B') },
);
const bits = fc.nat(1023);
const few = fc.nat(7);

const clerk = fc.record({ role: fc.constant('clerk' as const), seat, foreign: rarely });
const reviewer = fc.record({ role: fc.constant('reviewer' as const), seat });
const admin = fc.record({ role: fc.constant('admin' as const), seat });
/** Mostly the one whose business it is; now and then any of them. */
const by = (usual: fc.Arbitrary<By>, ...others: fc.Arbitrary<By>[]): fc.Arbitrary<By> =>
  fc.oneof({ weight: 30, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 6, arbitrary })), {
    weight: 1,
    arbitrary: fc.oneof<fc.Arbitrary<By>[]>(clerk, reviewer, admin),
  });
const clerks = by(clerk, reviewer);
const reviewers = by(reviewer);
const admins = by(admin);

const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom<Edit['what'][]>(
    'phone',
    'name',
    'extension',
    'extension',
    'own-mailbox',
    'no-own-mailbox',
    'shared-mailbox',
    'add-person',
    'remove-person',
    'move-person',
    'add-department',
    'remove-department',
    'primary-department',
  ),
  at: fc.nat(3),
  value: few,
});
const edits = fc.array(edit, { minLength: 1, maxLength: 4, size: 'max' });

const which = (usual: Which): fc.Arbitrary<Which> =>
  mostly<Which>(usual, 'open', 'scheduled', 'applied', 'newest', 'oldest');

const toRegistration = { place, stale: rarely };
const toRequest = (
  usual: Which,
): { place: typeof place; which: fc.Arbitrary<Which>; stale: typeof rarely } => ({
  place,
  which: which(usual),
  stale: rarely,
});
const op = <Name extends string>(...names: Name[]): fc.Arbitrary<Name> => fc.constantFrom(...names);

const WEIGHED: readonly (readonly [number, fc.Arbitrary<Operation>])[] = [
  [150, fc.record({ op: op('go-on'), place, luck: fc.noShrink(fc.nat(1_000_000)) })],
  [12, fc.record({ op: op('submit'), by: clerks, edits, ...toRegistration })],
  [
    5,
    fc.record({
      op: op('hand-over'),
      by: clerks,
      at: fc.nat(3),
      value: few,
      days: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(-1, 0, 1, 400)),
      ...toRegistration,
    }),
  ],
  [10, fc.record({ op: op('type-code'), newest: fc.nat(2), right: fc.boolean().map((b) => b) })],
  [6, fc.record({ op: op('type-code'), newest: fc.constant(0), right: fc.constant(true) })],
  [
    13,
    fc.record({
      op: op('approve'),
      by: reviewers,
      how: fc.constantFrom(
        'all' as const,
        'all' as const,
        'some' as const,
        'some' as const,
        'forgetful',
        'unknown',
      ),
      bits,
      ...toRequest('open'),
    }),
  ],
  [4, fc.record({ op: op('return'), by: reviewers, ...toRequest('open') })],
  [3, fc.record({ op: op('edit'), by: clerks, edits, ...toRequest('open') })],
  [4, fc.record({ op: op('resubmit'), by: clerks, ...toRequest('open') })],
  [1, fc.record({ op: op('resend'), by: clerks, ...toRequest('open') })],
  [2, fc.record({ op: op('withdraw'), by: clerks, ...toRequest('open') })],
  [1, fc.record({ op: op('withdraw'), by: clerks, ...toRequest('scheduled') })],
  [
    6,
    fc.record({
      op: op('rebase'),
      by: by(clerk, reviewer, reviewer),
      how: mostly<'complete' | 'careless'>('complete', 'careless'),
      bits,
      ...toRequest('open'),
    }),
  ],
  [
    2,
    fc.record({
      op: op('rebase'),
      by: by(clerk, reviewer, reviewer),
      how: mostly<'complete' | 'careless'>('complete', 'careless'),
      bits,
      ...toRequest('scheduled'),
    }),
  ],
  [5, fc.record({ op: op('undo'), by: reviewers, ...toRequest('applied') })],
  [2, fc.record({ op: op('look-over'), by: reviewers, ...toRequest('applied') })],
  [1, fc.record({ op: op('compare'), by: by(clerk, reviewer), ...toRequest('open') })],
  [6, fc.record({ op: op('import'), place, edits })],
  [
    7,
    fc.record({
      op: op('days-pass'),
      days: fc.oneof(fc.nat(6), fc.integer({ min: 0, max: 33 })),
      twice: fc.boolean(),
    }),
  ],
  [2, fc.record({ op: op('confirm'), by: by(clerk, reviewer), ...toRegistration })],
  [1, fc.record({ op: op('save-draft', 'save-draft', 'remove-draft'), by: by(clerk), ...toRegistration })],
  [1, fc.record({ op: op('end-membership'), by: reviewers, close: fc.boolean(), ...toRegistration })],
  [1, fc.record({ op: op('propose-rules'), by: admins, bits: fc.nat(15), stale: rarely })],
  [1, fc.record({ op: op('agree-to-rules', 'agree-to-rules', 'decline-rules'), by: admins, stale: rarely })],
  [2, fc.record({ op: op('claim'), place, kind: op('lost-address', 'everyone-left'), value: few })],
  [
    2,
    fc.record({
      op: op('call'),
      by: reviewers,
      place,
      outcome: mostly<'confirmed' | 'denied' | 'no-answer'>('confirmed', 'denied', 'no-answer'),
    }),
  ],
  [2, fc.record({ op: op('agree', 'agree', 'agree', 'decline-claim'), by: reviewers, place, stale: rarely })],
  [2, fc.record({ op: op('apply'), place, value: few })],
  [2, fc.record({ op: op('accept', 'accept', 'decline-application'), by: reviewers, place, stale: rarely })],
];

const operation: fc.Arbitrary<Operation> = fc.oneof(
  ...WEIGHED.map(([weight, arbitrary]) => ({ weight, arbitrary })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: operation },
  { weight: 1, arbitrary: fc.record({ op: op('at-once'), both: fc.tuple(operation, operation) }) },
);

export const sequences: fc.Arbitrary<Sequence> = fc.record({
  rules: fc.nat(15),
  // Without a bias, which would make most of them short.
  steps: fc.noBias(fc.array(step, { minLength: 1, maxLength: 24, size: 'max' })),
});
