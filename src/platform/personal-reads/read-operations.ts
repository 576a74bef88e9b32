/** Everything that shows staff the people of municipalities, and what its subjects are. */
export const READ_OPERATIONS = {
  'registration.list': 'registration',
  'registration.read': 'registration',
  'registration.history': 'registration',
  'registration.create': 'registration',
  'change-request.list': 'change-request',
  'change-request.read': 'change-request',
  'change-request.three-way': 'change-request',
  'change-request.propose': 'change-request',
  'change-request.edit': 'change-request',
  'change-request.rebase': 'change-request',
  'change-request.decide': 'change-request',
  'change-request.look-over': 'change-request',
  'application.list': 'application',
  'application.read': 'application',
  'application.decide': 'application',
  'recovery.list': 'recovery',
  'recovery.read': 'recovery',
  'recovery.decide': 'recovery',
  'audit-event.list': 'audit-event',
  'session.list': 'session',
  'task.list': 'task',
  'task.do': 'task',
} as const;

export type ReadOperation = keyof typeof READ_OPERATIONS;
