/**
 * Does a list of all 1,741 municipalities answer typing within a frame? Opens 登録自治体 in Chromium with a row for
 * each, types into さがす, and reads off the browser how long its main thread worked for each letter: handler, render,
 * style, layout and paint together. Also says how much script the first page loads.
 *
 *     npm run bench:typing
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOTP } from 'otpauth';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = path.join(ROOT, 'bench', 'results-typing.json');
const PORT = 3078;
const PORTAL = `http://127.0.0.1:${PORT}`;
/** 60 a second. Milliseconds. */
const FRAME_MS = 1000 / 60;
const TYPED = ['ほっかいどう', 'おとふけ', '町', 'kikaku', '０１', 'とうきょう 区', '村'];
const ROUNDS = 5;

const folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-typing-'));
const portal = spawn(process.execPath, ['dist/src/cli/demo.js'], {
  cwd: ROOT,
  env: { PATH: process.env.PATH, PORT: String(PORT), DATA_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  await new Promise((resolve) => {
    portal.stdout.on('data', (chunk) => {
      if (String(chunk).includes('ready')) resolve();
    });
  });
  const results = await measure();
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
} finally {
  portal.kill('SIGTERM');
  await new Promise((resolve) => portal.on('exit', resolve));
  rmSync(folder, { recursive: true });
}

async function measure() {
  const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (place) => place && existsSync(place),
  );
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=ja'],
  });
  try {
    const context = await browser.newContext({ baseURL: PORTAL, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const rows = await everybody(await signIn(page));
    await page.route('**/api/v1/registrations?*', (route) =>
      route.fulfill({ json: { items: rows, nextCursor: null, total: rows.length } }),
    );
    await page.goto('/staff/registrations');
    await page
      .getByText(`${rows.length.toLocaleString('ja-JP')}件`)
      .or(page.getByText(`${rows.length}件`))
      .first()
      .waitFor();
    const shownAtFirst = await typing(page);
    const all = page.getByRole('button', { name: /すべて表示/ });
    await all.click();
    await page
      .locator('main tbody tr')
      .nth(rows.length - 1)
      .waitFor();
    return {
      measuredOn: new Date().toISOString().slice(0, 10),
      cpus: os.cpus().length,
      node: process.version,
      browser: browser.version(),
      rows: rows.length,
      frameMs: round(FRAME_MS),
      firstRowsShown: shownAtFirst,
      allRowsShown: await typing(page),
      firstLoad: firstLoad(),
    };
  } finally {
    await browser.close();
  }
}

async function signIn(page) {
  const accounts = JSON.parse(readFileSync(path.join(folder, 'demo-accounts.json'), 'utf8'));
  const { email, password, totpSecret } = accounts.find(({ role }) => role === 'reviewer');
  await page.goto('/staff/sign-in');
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード').fill(password);
  await page.getByLabel('確認アプリの6桁のコード').fill(new TOTP({ secret: totpSecret }).generate());
  const signedIn = page.waitForResponse((response) => response.url().endsWith('/auth/password'));
  await page.getByRole('button', { name: 'ログインする' }).click();
  return (await (await signedIn).json()).accessToken;
}

/** A registration for each municipality of the country, as the API would list them. */
async function everybody(token) {
  const response = await fetch(`${PORTAL}/api/v1/municipalities?limit=2000`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = await response.json();
  return items.map(({ code, name, kana, prefecture, type }, index) => ({
    id: `00000000-0000-7000-8000-${code.padStart(12, '0')}`,
    municipalityCode: code,
    municipality: name,
    municipalityKana: kana,
    prefecture,
    prefectureCode: `${code.slice(0, 2)}0006`,
    type,
    associationId: null,
    status: 'active',
    version: 1,
    lastConfirmedAt: index % 3 === 0 ? null : '2026-04-08T01:44:00.000Z',
    withdrawnAt: null,
    mainPhone: '0155-00-2110',
    primaryDepartment: '企画財政部企画課',
    primaryMailbox: `kikaku@m${code}.example`,
  }));
}

/** Types each text letter by letter and takes it away again. @returns what the main thread did per letter */
async function typing(page) {
  const field = page.getByLabel('さがす');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const text of TYPED) {
      await field.fill('');
      await idle(page);
      for (const letter of text) {
        await field.focus();
        const before = await busy();
        await page.keyboard.insertText(letter);
        await idle(page);
        times.push((await busy()) - before);
      }
    }
  }
  await field.fill('');
  return summary(times);
}

/** Until nothing is left to do for this letter, the deferred list included. */
function idle(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestIdleCallback(() => requestAnimationFrame(() => resolve())));
      }),
  );
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  return {
    letters: times.length,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    mostMs: at(1),
    withinAFrame: round(times.filter((ms) => ms <= FRAME_MS).length / times.length),
    medianOfAFrame: round(at(0.5) / FRAME_MS),
  };
}

/** What the entry imports before anybody can sign in, as it is sent. Kilobytes of 1,000 bytes. */
function firstLoad() {
  const web = path.join(ROOT, 'dist', 'web');
  const manifest = JSON.parse(readFileSync(path.join(web, '.vite', 'manifest.json'), 'utf8'));
  const files = new Set();
  const add = (name) => {
    const chunk = manifest[name];
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  add('index.html');
  add('src/features/sign-in/member-sign-in.tsx');
  const size = (ending) =>
    round(
      [...files].reduce((sum, file) => sum + readFileSync(path.join(web, file + ending)).length, 0) / 1000,
    );
  return { files: files.size, scriptGzipKb: size('.gz'), scriptBrotliKb: size('.br'), budgetGzipKb: 150 };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
