import { withConnection } from '../../src/platform/database/database-roles.js';
import { reviewer, start } from '../factories/campaigns.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Numbers that people type are drawn by chance, so that nobody counts through them; two may come out alike. */
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.close());

/** The first two draws give the same number. What was drawn stays drawn, also where its transaction is undone. */
const DRAW_ONE_TWICE = `
  CREATE SEQUENCE draw;
  GRANT USAGE ON SEQUENCE draw TO renkei_app;
  CREATE OR REPLACE FUNCTION drawn_number() RETURNS bigint LANGUAGE sql VOLATILE
    RETURN (SELECT 111111111 + greatest(n - 2, 0) FROM nextval('draw') n)`;

it('draws again where a number is taken, and nobody notices', async () => {
  await createRegistration(portal, CODES.otofuke);
  await createRegistration(portal, CODES.yusuhara);
  await withConnection(portal.database.ownerUrl, (owner) => owner.query(DRAW_ONE_TWICE));
  const year = new Date().getUTCFullYear() + 1;
  const { progress } = await start((await reviewer(portal)).client, {
    countsFrom: `${year}-04-01`,
    deadline: `${year}-04-30`,
    steps: [{ template: 'ask', recipients: 'primary', on: `${year}-04-05` }],
  });
  expect(progress?.targets).toBe(2);
});
