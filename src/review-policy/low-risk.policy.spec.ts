import type { Change } from '../registry/registration-diff.js';
import { LOW_RISK_FIELDS, lowRiskFieldOf, mayAllPassAtOnce, ruleOf } from './low-risk.policy.js';

const change = (pointer: string, kind: Change['kind'] = 'changed'): Change => ({
  pointer,
  kind,
  label: '',
  before: 'a',
  after: 'b',
  beforeText: 'a',
  afterText: 'b',
});

it.each(LOW_RISK_FIELDS)('%s of a person is low-risk', (field) => {
  expect(lowRiskFieldOf(change(`/contacts/ono/${field}`))).toEqual({ contactId: 'ono', field });
});

it.each([
  ['/contacts/ono/email', 'changed'],
  ['/contacts/ono/role', 'changed'],
  ['/contacts/ono/departmentId', 'changed'],
  ['/contacts/ono', 'added'],
  ['/contacts/ono', 'removed'],
  ['/contacts/ono/name', 'removed'],
  ['/departments/kikaku/name', 'changed'],
  ['/departments/kikaku/email', 'changed'],
  ['/mainPhone', 'changed'],
  ['/primaryDepartmentId', 'changed'],
  ['/contacts/ono/name/x', 'changed'],
  ['/contacts/ono/constructor', 'changed'],
] as const)('%s (%s) never is', (pointer, kind) => {
  expect(lowRiskFieldOf(change(pointer, kind))).toBeNull();
  expect(ruleOf(change(pointer, kind), LOW_RISK_FIELDS)).toBe('review');
});

it('only what the rules name passes', () => {
  expect(ruleOf(change('/contacts/ono/name'), [])).toBe('review');
  expect(ruleOf(change('/contacts/ono/name'), ['kana'])).toBe('review');
  expect(ruleOf(change('/contacts/ono/name'), ['name'])).toBe('at-once');
});

it('one change to look at holds up all', () => {
  const changes = [change('/contacts/ono/name'), change('/contacts/ono/kana')];
  expect(mayAllPassAtOnce(changes, ['name', 'kana'])).toBe(true);
  expect(mayAllPassAtOnce(changes, ['name'])).toBe(false);
  expect(mayAllPassAtOnce([...changes, change('/mainPhone')], ['name', 'kana'])).toBe(false);
  expect(mayAllPassAtOnce([], LOW_RISK_FIELDS)).toBe(false);
});
