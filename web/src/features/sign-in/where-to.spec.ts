import { whereTo } from './where-to';

it.each([
  ['/registration/edit#mainPhone', 'member', '/registration/edit#mainPhone'],
  ['/change-requests?status=returned', 'member', '/change-requests?status=returned'],
  ['/account', 'staff', '/account'],
  ['/staff/review/1', 'staff', '/staff/review/1'],
  [null, 'staff', '/staff'],
  [null, 'member', '/'],
] as const)('%s leads a %s on', (from, kind, to) => {
  expect(whereTo(from, kind)).toBe(to);
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/registration\n//evil.example',
  'registration',
])('%j leads nowhere but home', (from) => {
  expect(whereTo(from, 'member')).toBe('/');
});

it('nobody is led to the pages of others', () => {
  expect(whereTo('/staff/users', 'member')).toBe('/');
  expect(whereTo('/registration', 'staff')).toBe('/staff');
});
