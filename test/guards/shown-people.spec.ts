import { readFileSync } from 'node:fs';
import { READ_OPERATIONS } from '../../src/platform/personal-reads/read-operations.js';
import { ROUTES } from '../factories/shown-people.js';

describe('the routes that a test walks for what staff are shown', () => {
  /** What tells that an answer shows people: names of its members, at any depth. */
  const PERSONAL =
    /^(contacts|departments|contact|department|proposedByName|proposedByMailbox|proposedBy|applicantName|applicantMailbox|contactName|primaryMailbox|personal|currentText|freshness|email|mailbox|mailboxes|recipient|title|spokeWith|acknowledgement)$/;
  /** Answers that show staff only themselves or each other. */
  const OF_STAFF = /^(SignIn|Credentials|Invitations|Staff|ReviewPolicy)_|^Sessions_(refresh|me|listOwn)$/;
  /** The office's own words and plans; who acknowledged them is told to a municipality of itself, and to staff by reach alone. */
  const OF_THE_OFFICE =
    /^(Publication_|Announcements_(?!reach$)|Campaigns_(?!preview$)|Targets_ownQuestion$)/;

  interface Schema {
    readonly $ref?: string;
    readonly items?: Schema;
    readonly allOf?: Schema[];
    readonly oneOf?: Schema[];
    readonly anyOf?: Schema[];
    readonly properties?: Record<string, Schema>;
  }
  interface Document {
    readonly paths: Record<
      string,
      Record<
        string,
        { operationId: string; responses: Record<string, { content?: Record<string, { schema: Schema }> }> }
      >
    >;
    readonly components: { readonly schemas: Record<string, Schema> };
  }

  const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document;

  function showsPeople(schema: Schema | undefined, seen = new Set<string>()): boolean {
    if (!schema) return false;
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) {
      if (seen.has(name)) return false;
      return showsPeople(document.components.schemas[name], new Set([...seen, name]));
    }
    const parts = [schema.items, ...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
    const members = Object.entries(schema.properties ?? {});
    return (
      members.some(([member]) => PERSONAL.test(member)) ||
      [...parts, ...members.map(([, member]) => member)].some((part) => showsPeople(part, seen))
    );
  }

  it('are all that answer with people', () => {
    const showing = Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .filter(({ responses }) =>
        Object.entries(responses).some(
          ([status, { content }]) => status < '300' && showsPeople(content?.['application/json']?.schema),
        ),
      )
      .map(({ operationId }) => operationId)
      .filter((name) => !OF_STAFF.test(name) && !OF_THE_OFFICE.test(name));
    expect(showing.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  it('leave no kind of reading out', () => {
    const source = readFileSync('test/factories/shown-people.ts', 'utf8');
    const named = Object.keys(READ_OPERATIONS).filter((operation) => source.includes(`'${operation}'`));
    expect(named).toEqual(Object.keys(READ_OPERATIONS));
  });
});
