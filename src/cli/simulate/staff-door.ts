import { SessionsService } from '../../accounts/sessions.service.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { DEMO_STAFF } from '../../demo/demo-accounts.js';
import type { SimulatedPortal } from './portal.js';

/** Who does what in the office: whoever reviews isn't whoever proposes. */
const PEOPLE = { caller: ['reviewer', 0], reviewer: ['reviewer', 1], admin: ['admin', 0] } as const;
export type StaffPart = keyof typeof PEOPLE;

/** Signs the office's people in. A session is idle after an hour, so each day begins with new ones. */
export class StaffDoor {
  private readonly viewers = new Map<StaffPart, Viewer>();

  constructor(private readonly portal: SimulatedPortal) {}

  /** To be called whenever the clock was moved by an hour or more. */
  close(): void {
    this.viewers.clear();
  }

  async open(part: StaffPart): Promise<Viewer> {
    const known = this.viewers.get(part);
    if (known) return known;
    const [role, index] = PEOPLE[part];
    const email = DEMO_STAFF.filter((person) => person.role === role)[index]?.email;
    const { app, database } = this.portal;
    const viewer = await database.asSystem('simulation', async (tx): Promise<Viewer> => {
      const [account] = await tx.query<{ id: string }>('SELECT id FROM account WHERE email = $1', [email]);
      if (!account) throw new Error(`the demo has no ${part}`);
      const { id: sessionId } = await app.get(SessionsService).open(tx, { accountId: account.id });
      return { kind: 'session', sessionId };
    });
    this.viewers.set(part, viewer);
    return viewer;
  }
}
