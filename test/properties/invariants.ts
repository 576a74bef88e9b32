import type { Happening } from './happening.js';
import { historyHolds } from './history-invariants.js';
import { requestsHold } from './request-invariants.js';
import { surroundingsHold } from './surrounding-invariants.js';

/** @throws Error with the first thing that doesn't hold */
export function assertAll(happening: Happening): void {
  const { before, after } = happening;
  // At midnight in Tokyo what is in effect changes by itself.
  if (before.today !== after.today) return;
  historyHolds(happening);
  requestsHold(happening);
  surroundingsHold(happening);
}
