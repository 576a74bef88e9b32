import { CALLS, COLUMNS, SENT, TOLD } from '../setup/access-matrix.js';
import { answerSchemas, flatFields, labelOf, namesIn, OPERATIONS, schemaNamed } from '../setup/openapi.js';
import { isAllowed, needsStepUp, type Permission } from '../../src/platform/access/permission.js';

/** The document is compared with openapi.json here; access-walk.spec.ts and access-told.spec.ts call the portal. */
describe('docs/access-matrix.md', () => {
  it('tells of every operation, where it is, and of no other', () => {
    const rows = CALLS.map(({ operation, route }) => `${operation}: ${route}`);
    const operations = OPERATIONS.map(({ id, method, path }) => `${id}: ${method} ${path}`);
    expect(rows.toSorted()).toEqual(operations.toSorted());
  });

  it.each(OPERATIONS)('gives $id to whom its permission gives it', ({ id, access }) => {
    const row = CALLS.find(({ operation }) => operation === id);
    const open = access === 'public';
    const allowed = COLUMNS.filter(
      (column) => open || (column !== 'public' && isAllowed([column], access as Permission)),
    );
    expect(COLUMNS.filter((column) => row?.marks[column] !== '–')).toEqual(allowed);
    expect(row?.stepUp).toBe(!open && needsStepUp(access as Permission));
  });

  it('tells of every field that may be sent, and of no other', () => {
    const bodies = new Set(OPERATIONS.flatMap(({ body }) => body ?? []));
    const fields = [...bodies].flatMap((body) => flatFields(body).map((field) => `${body} ${field}`));
    expect(SENT.toSorted()).toEqual(fields.toSorted());
  });

  it('tells of every field of every answer with what it holds, and of no other', () => {
    const rows = TOLD.map(({ schema, field, holds }) => [schema, field, ...holds].join(' '));
    const fields = answerSchemas().flatMap((schema) =>
      Object.entries(schemaNamed(schema).properties ?? {}).map(([name, property]) =>
        [schema, labelOf(name, property), ...namesIn(property)].join(' '),
      ),
    );
    expect(rows.toSorted()).toEqual(fields.toSorted());
  });
});
