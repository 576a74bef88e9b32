import type { ChangeRequestResponse, ContactDto } from '../../api/schema';
import { shortDate } from '../../ui/text';

export type Change = ChangeRequestResponse['changes'][number];

/** One line of the comparison. */
export interface Row {
  readonly key: string;
  /** Whose it is, such as a department; said once per bundle. */
  readonly owner: string | null;
  readonly item: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly mailbox: boolean;
  readonly gone: boolean;
  readonly beforeNote?: string;
  readonly afterNote?: string;
}

/** Changes that make sense only together: taken over as one, or not. */
export interface Bundle {
  readonly id: string;
  readonly label: string;
  readonly pointers: readonly string[];
  readonly rows: readonly Row[];
}

/** A person's name and what goes with it: a successor is one change to whoever reads. */
const OF_A_PERSON = /^(\/contacts\/[^/]+)\/(?:name|kana|title|extension)$/;
/** A postal code without its address, or the other way round, would be a place that isn't there. */
const OF_A_PLACE = /^(\/departments\/[^/]+)\/(?:postalCode|address)$/;

export function bundlesOf(request: ChangeRequestResponse): Bundle[] {
  const handover = handoverBundle(request);
  const rest = handover
    ? request.changes.filter(({ pointer }) => !handover.pointers.includes(pointer))
    : request.changes;
  const groups = new Map<string, Change[]>();
  for (const change of rest) {
    const place = OF_A_PLACE.exec(change.pointer);
    const key = OF_A_PERSON.exec(change.pointer)?.[1] ?? (place ? `${place[1]}/place` : change.pointer);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const bundles = [...groups].map(([id, changes]) => bundle(id, changes));
  return handover ? [handover, ...bundles] : bundles;
}

/** `企画課　所属アドレス` is the department's, `代表電話` nobody's. */
export function partsOf(label: string): { readonly owner: string | null; readonly item: string } {
  const at = label.lastIndexOf('　');
  return at < 0 ? { owner: null, item: label } : { owner: label.slice(0, at), item: label.slice(at + 1) };
}

function bundle(id: string, changes: readonly Change[]): Bundle {
  const [first] = changes;
  const label = first?.label ?? '';
  return {
    id,
    label:
      changes.length > 1
        ? `${partsOf(label).owner ?? label}${id.endsWith('/place') ? 'の所在地' : ''}`
        : label.replace('　', 'の'),
    pointers: changes.map(({ pointer }) => pointer),
    rows: changes.map(rowOf),
  };
}

const rowOf = (change: Change, index: number): Row => {
  const { owner, item } = partsOf(change.label);
  return {
    key: change.pointer,
    owner: index === 0 ? owner : null,
    item,
    before: change.beforeText,
    after: change.afterText,
    mailbox: change.pointer.endsWith('/email'),
    gone: change.kind === 'removed',
  };
};

const FIELDS = [
  ['name', '氏名'],
  ['kana', 'ふりがな'],
  ['title', '職名'],
  ['extension', '内線'],
  ['email', 'メールアドレス'],
] as const;

/** Whoever leaves beside whoever comes, line by line. */
function handoverBundle(request: ChangeRequestResponse): Bundle | null {
  if (request.kind !== 'handover') return null;
  const leaving = request.changes.find(
    ({ kind, pointer }) => kind === 'removed' && pointer.startsWith('/contacts/'),
  );
  const coming = request.changes.find(
    ({ kind, pointer }) => kind === 'added' && pointer.startsWith('/contacts/'),
  );
  if (!leaving || !coming) return null;
  const before = leaving.before as ContactDto;
  const after = coming.after as ContactDto;
  const role = before.role === 'primary' ? '担当者（正）' : '担当者（副）';
  const rows = FIELDS.filter(([field]) => before[field] !== after[field]).map(
    ([field, item], index): Row => ({
      key: field,
      owner: index === 0 ? role : null,
      item,
      before: before[field],
      after: after[field],
      mailbox: field === 'email',
      gone: false,
      ...(index === 0 && request.effectiveOn !== null && datesOf(request.effectiveOn)),
    }),
  );
  return {
    id: leaving.pointer,
    label: `${role}の交代`,
    pointers: [leaving.pointer, coming.pointer],
    rows,
  };
}

function datesOf(effectiveOn: string): { readonly beforeNote: string; readonly afterNote: string } {
  const eve = new Date(`${effectiveOn}T00:00:00Z`);
  eve.setUTCDate(eve.getUTCDate() - 1);
  return {
    beforeNote: `${shortDate(eve.toISOString().slice(0, 10))}まで`,
    afterNote: `${shortDate(effectiveOn)}から`,
  };
}
