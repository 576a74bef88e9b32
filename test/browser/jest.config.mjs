import { base } from '../../jest.config.mjs';

/** The page in a real Chromium; see test/setup/browser.ts for where it is looked for. @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.mjs',
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/browser/longest-first.mjs',
  testTimeout: 120_000,
};
