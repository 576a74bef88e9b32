import type { StaffRole } from '../access/permission.js';

/** A kind of task, declared once by the room that opens it. */
export interface TaskKind {
  readonly kind: string;
  /** Who can do it. */
  readonly role: StaffRole;
  /** 3: somebody is cut off or waits by the day; 2: a municipality waits; 1: to look over. */
  readonly weight: 1 | 2 | 3;
  /** What is to be done, for the list. */
  readonly label: string;
  /** A person says when it is done; the others are done by what happens to their subject. */
  readonly byHand: boolean;
  /** Its title names a person or a mailbox. */
  readonly personal: boolean;
}

const declared = new Map<string, TaskKind>();

/** @throws Error when the kind is declared already */
export function declareTask(
  kind: string,
  options: Pick<TaskKind, 'role' | 'weight' | 'label'> & { byHand?: boolean; personal?: boolean },
): TaskKind {
  if (declared.has(kind)) throw new Error(`the task ${kind} is declared twice`);
  const task = { kind, byHand: false, personal: false, ...options };
  declared.set(kind, task);
  return task;
}

/** @returns every kind that a loaded room has declared */
export const declaredTasks = (): ReadonlyMap<string, TaskKind> => declared;
