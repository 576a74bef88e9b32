import { CreateRegistry1795300000000 } from './1795300000000-create-registry.js';
import { CreateAccounts1795300001000 } from './1795300001000-create-accounts.js';
import { CreateChangeRequests1795300002000 } from './1795300002000-create-change-requests.js';
import { CreateOutboxAndAudit1795300003000 } from './1795300003000-create-outbox-and-audit.js';
import { LetAnyRoomVerifyMailboxes1795400000000 } from './1795400000000-let-any-room-verify-mailboxes.js';
import { CreateTask1795400001000 } from './1795400001000-create-task.js';
import { CreateRecovery1795400020000 } from './1795400020000-create-recovery.js';

/** Every migration, oldest first. */
export const migrations = [
  CreateRegistry1795300000000,
  CreateAccounts1795300001000,
  CreateChangeRequests1795300002000,
  CreateOutboxAndAudit1795300003000,
  LetAnyRoomVerifyMailboxes1795400000000,
  CreateTask1795400001000,
  CreateRecovery1795400020000,
];
