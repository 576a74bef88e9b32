import type { FieldError } from '../platform/http/domain-error.js';
import type { Change } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { applyChanges, type Flaw, flawsOf } from '../registry/registration-merge.js';
import { acceptedChanges, refuse, type RefusedChange } from './change-request.policy.js';

/** What a reviewer wants of each change; whatever is left out of both lists is taken over if neither names it. */
export interface Choice {
  readonly accept?: readonly string[] | undefined;
  readonly refusals?: readonly { readonly pointer: string; readonly reason: string }[] | undefined;
}

export interface Division {
  /** All that isn't taken over, with what a reviewer had given up earlier. */
  readonly refused: readonly RefusedChange[];
  /** What is wrong with the choice; nothing where it can be carried out. */
  readonly errors: readonly FieldError[];
}

/**
 * Divides the changes of a request into those that are taken over and those that aren't. Where `accept` is given,
 * every change has to stand in one of the two lists: nothing is taken over or refused by being forgotten.
 */
export function divide(
  request: {
    readonly base: RegistrationDocument;
    readonly changes: readonly Change[];
    readonly refused: readonly RefusedChange[];
  },
  { accept, refusals = [] }: Choice,
): Division {
  const byPointer = new Map(request.changes.map((change) => [change.pointer, change]));
  const errors: FieldError[] = [
    ...unknown(accept ?? [], (index) => `/accept/${index}`, byPointer),
    ...unknown(
      refusals.map(({ pointer }) => pointer),
      (index) => `/refusals/${index}/pointer`,
      byPointer,
      new Set(accept),
    ),
    ...(accept ? forgotten(request.changes, accept, refusals) : []),
  ];
  const refused = [
    ...request.refused,
    ...refusals.flatMap(({ pointer, reason }) => {
      const change = byPointer.get(pointer);
      return change ? [refuse(change, reason)] : [];
    }),
  ];
  if (errors.length > 0) return { refused, errors };
  return { refused, errors: incomplete(request.base, { changes: request.changes, refused }) };
}

function unknown(
  pointers: readonly string[],
  at: (index: number) => string,
  byPointer: ReadonlyMap<string, Change>,
  taken: ReadonlySet<string> = new Set(),
): FieldError[] {
  return pointers.flatMap((pointer, index): FieldError[] => {
    if (!byPointer.has(pointer)) {
      return [{ pointer: at(index), code: 'unknown-change', message: 'この変更届にない変更です。' }];
    }
    if (taken.has(pointer) || pointers.indexOf(pointer) < index) {
      return [{ pointer: at(index), code: 'duplicate', message: '同じ変更が2回あります。' }];
    }
    return [];
  });
}

function forgotten(
  changes: readonly Change[],
  accept: readonly string[],
  refusals: readonly { readonly pointer: string }[],
): FieldError[] {
  const named = new Set([...accept, ...refusals.map(({ pointer }) => pointer)]);
  return changes
    .filter(({ pointer }) => !named.has(pointer))
    .map(({ label }) => ({
      pointer: '/refusals',
      code: 'reason-required',
      message: `「${label}」を反映しない理由を入力してください。`,
    }));
}

function incomplete(
  base: RegistrationDocument,
  divided: { readonly changes: readonly Change[]; readonly refused: readonly RefusedChange[] },
): FieldError[] {
  const accepted = acceptedChanges(divided);
  if (accepted.length === 0) {
    return [
      {
        pointer: '/accept',
        code: 'nothing-accepted',
        message: 'すべてを反映しないときは、差し戻してください。',
      },
    ];
  }
  return flawsOf(applyChanges(base, accepted)).map((flaw) => dependsOn(flaw, divided.changes));
}

function dependsOn(flaw: Flaw, changes: readonly Change[]): FieldError {
  const label = changes.find(({ pointer }) => pointer === `/departments/${flaw.departmentId}`)?.label;
  return {
    pointer: '/refusals',
    code: 'depends-on',
    message: label
      ? `「${label}」の変更は、その部署に関わるほかの変更と一緒に反映するか、一緒に見送ってください。`
      : '担当部署がなくなるため、この組合せでは反映できません。',
  };
}
