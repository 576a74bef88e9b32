import { ALLOWED_ROLES, isAllowed, needsStepUp, Permission, ROLES } from './permission.js';

/** Who may do what, as it was agreed on. A new permission has to be written down here too. */
const AGREED = `
                          member reviewer editor admin
  session.use               x       x       x      x
  session.read-any          -       -       -      x
  session.end-any           -       -       -      x
  factor.read               -       x       x      x
  factor.step-up            -       x       x      x
  factor.change             -       x       x      x
  staff.read                -       -       -      x
  staff.manage              -       -       -      x
  master.read               x       x       x      x
  registration.list         -       x       x      x
  registration.read         x       x       x      x
  registration.create       -       x       -      -
  registration.confirm      x       x       -      -
  registration.withdraw     -       x       -      -
  freshness.read            -       x       x      x
  application.read          -       x       -      -
  application.decide        -       x       -      -
  change-request.read       x       x       x      x
  change-request.propose    x       x       -      -
  change-request.propose-for -      x       -      -
  change-request.decide     -       x       -      -
  change-request.rebase     x       x       -      -
  review-policy.read        -       x       x      x
  review-policy.change      -       -       -      x
  settings.read             -       x       x      x
  settings.change           -       -       -      x
  draft.write               x       -       -      -
  recovery.read             -       x       x      x
  recovery.decide           -       x       -      -
  recovery.carry-out        -       x       -      -
  task.read                 -       x       x      x
  task.do                   -       x       x      x
  mail.read                 -       x       -      x
  mail.retry                -       x       -      x
  audit.read                -       -       -      x
  announcement.read         x       x       x      x
  announcement.write        -       -       x      -
  announcement.publish      -       -       x      -
  announcement.acknowledge  x       -       -      -
  announcement.reach        -       -       x      -
  announcement.follow-up    -       -       x      -
  announcement.choose-delivery  x   -       -      -
  announcement.change-settings  -   -       x      -
  campaign.read             -       x       x      x
  campaign.write            -       x       -      -
  campaign.run              -       x       -      -
  campaign.call             -       x       -      -
  campaign.own-question     x       -       -      -
  campaign.change-settings  -       -       -      x`;

const [header = [], ...rows] = AGREED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const table = rows.map(([permission = '', ...marks]) => ({ permission: permission as Permission, marks }));

it('the table has every role and every permission', () => {
  expect(header).toEqual([...ROLES]);
  expect(table.map(({ permission }) => permission).toSorted()).toEqual(Object.values(Permission).toSorted());
  expect(Object.keys(ALLOWED_ROLES).toSorted()).toEqual(Object.values(Permission).toSorted());
});

describe.each(table)('$permission', ({ permission, marks }) => {
  it.each(ROLES.map((role, column) => [role, marks[column] === 'x'] as const))(
    'for a %s: %s',
    (role, allowed) => {
      expect(isAllowed([role], permission)).toBe(allowed);
    },
  );
});

it('one of several roles is enough', () => {
  expect(isAllowed(['editor', 'admin'], 'audit.read')).toBe(true);
});

it.each([
  ['no role', []],
  ['an unknown role', ['root']],
  ['a role in other letters', ['Admin']],
  ['the name of something every object has', ['constructor', '__proto__']],
])('%s allows nothing', (_, roles) => {
  for (const permission of Object.values(Permission)) expect(isAllowed(roles, permission)).toBe(false);
});

it('a second factor shown lately is for what hands power or a mailbox over, or speaks to all', () => {
  expect(Object.values(Permission).filter(needsStepUp).toSorted()).toEqual([
    'announcement.follow-up',
    'announcement.publish',
    'campaign.run',
    'factor.change',
    'recovery.carry-out',
    'session.end-any',
    'staff.manage',
  ]);
});
