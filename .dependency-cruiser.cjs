const { readdirSync } = require('node:fs');

/** The arrows of the house: what may import what. docs/architecture.md draws them. */

/** Every folder of src is a room but these. */
const NO_ROOMS = new Set(['platform', 'config', 'cli', 'demo']);
const ROOMS = readdirSync(`${__dirname}/src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NO_ROOMS.has(entry.name))
  .map(({ name }) => name);

/** Which other rooms a room may know; none unless it says so here. The demo knows them all; the command line starts everything. */
const MAY_KNOW = {
  accounts: ['registry'],
  credentials: ['accounts'],
  'sign-in': ['accounts', 'credentials'],
  staff: ['accounts', 'credentials'],
  verifications: ['registry'],
  'review-policy': ['registry', 'accounts'],
  settings: ['accounts'],
  drafts: ['registry'],
  'change-requests': ['registry', 'accounts', 'verifications', 'review-policy', 'drafts', 'settings'],
  memberships: ['registry', 'accounts', 'verifications', 'change-requests'],
  recoveries: ['registry', 'accounts', 'change-requests', 'verifications'],
  announcements: ['registry', 'accounts'],
  campaigns: ['registry', 'accounts', 'settings'],
  freshness: ['registry'],
};

const roomRules = ROOMS.map((room) => {
  const others = ROOMS.filter((other) => other !== room && !(MAY_KNOW[room] ?? []).includes(other));
  return {
    name: `${room}-knows-only-its-neighbours`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: `^src/(${[...others, 'demo', 'cli'].join('|')})/` },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'platform-imports-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `^src/(${[...ROOMS, 'demo', 'cli'].join('|')})/` },
    },
    {
      name: 'config-imports-nothing-of-the-portal',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: '^src/config/' },
    },
    {
      name: 'controllers-call-services-only',
      comment: 'controller → service → repository → entity',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.(repository|entity)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'repositories-call-nobody',
      severity: 'error',
      from: { path: '\\.repository\\.ts$' },
      to: { path: '\\.(service|controller)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'other-rooms-repositories-are-private',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/platform/' },
      to: { path: '\\.repository\\.ts$', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'migrations-import-nothing-of-the-portal',
      comment: 'a migration must do the same for ever, whatever becomes of the code',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/' },
    },
    {
      name: 'web-features-know-no-other-feature',
      comment: 'what takes two rooms is put together in web/src/app',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'web-builds-from-below',
      severity: 'error',
      from: { path: '^web/src/(ui|api)/' },
      to: { path: '^web/src/(app|features)/' },
    },
    {
      name: 'web-api-knows-no-looks',
      severity: 'error',
      from: { path: '^web/src/api/' },
      to: { path: '^web/src/ui/' },
    },
    {
      name: 'web-takes-only-pure-files-of-the-server',
      comment:
        'dates, words, comparisons and names that both sides have to see alike; never a controller or a database',
      severity: 'error',
      from: { path: '^web/src/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(platform/text/|registry/registration-(diff|document|merge|text)\\.ts$|announcements/markdown(-limits)?\\.ts$|platform/audit/catalogue\\.ts$)',
      },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^web/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-the-simulation-and-tests-set-the-clock',
      comment: 'what falls due in a portal is judged by the real time',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '^src/cli/simulate/' },
      to: { path: '^src/cli/simulate/' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/|\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
