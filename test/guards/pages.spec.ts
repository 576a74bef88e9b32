import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE_ROOTS } from '../../src/platform/http/web-page.js';
import { OPERATIONS } from '../setup/openapi.js';

const APP = path.resolve(import.meta.dirname, '../../web/src/app');

/** `/staff/review/:id` */
const addresses = ['routes.tsx', 'staff-routes.tsx'].flatMap((file) =>
  [...readFileSync(path.join(APP, file), 'utf8').matchAll(/<Route path="(\/[^"]*)"/g)].map(
    ([, path = '']) => path,
  ),
);

it('the portal sends the page for every address that the page has, and for no other first part', () => {
  expect(addresses.length).toBeGreaterThan(25);
  const roots = new Set(addresses.map((address) => address.split('/')[1] ?? ''));
  expect(roots).toEqual(new Set(PAGE_ROOTS));
});

it.each(OPERATIONS)(
  '$id tells of every part of its path, so that its types can be made',
  ({ path, pathParameters }) => {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(pathParameters).toEqual(expect.arrayContaining(parts));
  },
);
