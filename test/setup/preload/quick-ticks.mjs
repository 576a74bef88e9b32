/**
 * Loaded into a portal's process before it starts: what falls due by the calendar and what waits in the outbox is looked
 * after several times a second, and each look is told. So several processes meet far more often than they do in a year.
 */
const JOBS_MS = 20_000;
const OUTBOX_MS = 2_000;
const QUICK_MS = 150;

const real = globalThis.setTimeout;
let ticks = 0;

function quick(work, ms, ...rest) {
  if (ms === JOBS_MS) process.stdout.write(`tick ${(ticks += 1)};\n`);
  return real(work, ms === JOBS_MS || ms === OUTBOX_MS ? QUICK_MS : ms, ...rest);
}

// With what `promisify` looks for.
globalThis.setTimeout = Object.defineProperties(quick, Object.getOwnPropertyDescriptors(real));
