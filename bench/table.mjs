/** From the measured rounds to figures a person reads. */

export const AIMS = { ratio: 0.6, residentMb: 250 };

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param rounds microseconds per request of each round, for both servers */
export function summarise({ portal, floor }) {
  const [portalMicros, floorMicros] = [median(portal), median(floor)].map(Math.round);
  return {
    portalMicros,
    floorMicros,
    ratio: Math.round((floorMicros / portalMicros) * 100) / 100,
    portalRounds: portal.map(Math.round),
    floorRounds: floor.map(Math.round),
  };
}

/** @returns the results as lines of text */
export function toTable(results) {
  const { operations, residentMb } = results;
  const tooLarge = residentMb > AIMS.residentMb ? ` (aim: ${AIMS.residentMb})` : '';
  return [
    ...align([HEADINGS, ...Object.entries(operations).map(toRow)]),
    '',
    `Resident memory of the portal after the run: ${residentMb} MB${tooLarge}`,
    `Node.js ${results.node}, PostgreSQL ${results.postgres}, ${results.cpus} CPUs, ` +
      `fsync ${results.fsync ? 'on' : 'off'}, ${results.concurrency} connections`,
  ].join('\n');
}

const HEADINGS = ['operation', 'round trips', 'portal µs', 'floor µs', 'ratio', 'rounds: portal / floor µs'];

function toRow([name, { roundTrips, portalMicros, floorMicros, ratio, portalRounds, floorRounds }]) {
  const mark = ratio < AIMS.ratio ? ` (aim: ${AIMS.ratio})` : '';
  const rounds = `${span(portalRounds)} / ${span(floorRounds)}`;
  return [name, roundTrips, portalMicros, floorMicros, ratio.toFixed(2) + mark, rounds].map(String);
}

const span = (rounds) => `${Math.min(...rounds)}–${Math.max(...rounds)}`;

function align(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
