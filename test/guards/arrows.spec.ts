import { execFileSync } from 'node:child_process';

interface Cruise {
  readonly summary: { readonly error: number; readonly totalCruised: number; readonly violations: unknown[] };
}

it('keeps the arrows of the house: what may import what', () => {
  const output = execFileSync(
    process.execPath,
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '--output-type',
      'json',
      'src',
      'migrations',
      'web/src',
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(output) as Cruise;
  expect(summary.totalCruised).toBeGreaterThan(100);
  expect(summary.violations).toEqual([]);
});
