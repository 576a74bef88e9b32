import { type Change, groupChanges, newMailboxesIn, placeOnForm } from './changes';

const change = (pointer: string, over: Partial<Change> = {}): Change => ({
  pointer,
  kind: 'changed',
  label: '企画課　電話',
  after: '0155-00-2222',
  beforeText: '0155-00-1111',
  afterText: '0155-00-2222',
  ...over,
});

const person = (field: string, label: string, afterText: string): Change =>
  change(`/contacts/a/${field}`, { label: `担当者（正）佐藤 健一　${label}`, beforeText: 'まえ', afterText });

it('puts what changes of one person together, and says who comes', () => {
  const groups = groupChanges([
    person('name', '氏名', '小野寺 真理'),
    change('/mainPhone', { label: '代表電話' }),
    person('title', '職名', '主査'),
  ]);
  expect(groups.map(({ label, sentence, changes }) => [label, sentence, changes.length])).toEqual([
    ['担当者（正）', '担当者（正）が小野寺 真理さんに変わります。', 2],
    ['代表電話', '代表電話が「0155-00-1111」から「0155-00-2222」に変わります。', 1],
  ]);
});

it.each([
  [{ kind: 'added' as const, label: '担当者（副）檜垣 史織' }, '担当者（副）檜垣 史織を登録に加えます。'],
  [{ kind: 'removed' as const, label: '担当者（副）檜垣 史織' }, '担当者（副）檜垣 史織を登録から外します。'],
  [{ afterText: null }, '企画課の電話を空にします。'],
  [{ beforeText: null }, '企画課の電話に「0155-00-2222」が加わります。'],
  [
    { label: '企画課　所属アドレス', afterText: 'a@b.example' },
    '企画課の所属アドレスが a@b.example に変わります。',
  ],
  [{ afterText: '長'.repeat(40) }, '企画課の電話が変わります。'],
])('says %j in words', (over, sentence) => {
  expect(groupChanges([change('/departments/d/phone', over)])[0]?.sentence).toBe(sentence);
});

it('leads to where each is mended', () => {
  expect(placeOnForm(change('/contacts/a/role'))).toBe('contacts-a-role');
  expect(placeOnForm(change('/contacts/a', { kind: 'removed' }))).toBe('removed');
  expect(placeOnForm(change('/primaryDepartmentId', { after: 'd' }))).toBe('departments-d-legend');
});

it('finds the mailboxes that come', () => {
  expect(
    newMailboxesIn([
      { pointer: '/departments/d/email', kind: 'changed', after: 'a@b.example' },
      { pointer: '/contacts/new-1', kind: 'added', after: { email: 'c@b.example' } },
      { pointer: '/contacts/x', kind: 'removed', after: null },
      { pointer: '/contacts/a/name', kind: 'changed', after: '檜垣 史織' },
    ]),
  ).toEqual(['a@b.example', 'c@b.example']);
});
