/**
 * The demo with both sides hot: a change in src builds and starts the portal anew, a change in web is in the browser
 * at once. Open the address of the second; it asks the first.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const PORTAL = 'http://127.0.0.1:3000';
/** Sessions are taken from this address only. */
const PAGE = 'http://127.0.0.1:5173';

const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);
const run = (command, args, env = {}) =>
  spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });

await new Promise((resolve, reject) => {
  run('npm', ['run', '--silent', 'web:types']).on('exit', (code) =>
    code === 0 ? resolve() : reject(new Error('the types of the API could not be made')),
  );
});

const children = [
  run(bin('nest'), ['start', '--watch', '--entryFile', 'src/cli/demo'], { DEMO_PAGE: PAGE }),
  run(bin('vite'), ['--config', 'web/vite.config.ts'], { PORTAL_URL: PORTAL }),
];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
