import { DecisionsService } from '../../change-requests/decisions.service.js';
import { ProposalsService } from '../../change-requests/proposals.service.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { Codes } from '../../platform/mail/codes.js';
import type { CurrentRegistration } from '../../registry/registrations.repository.js';
import { RegistrationsService } from '../../registry/registrations.service.js';
import { VerificationsService } from '../../verifications/verifications.service.js';
import type { Agenda } from './agenda.js';
import { type Assumed, REVIEW_DAYS } from './assumptions.js';
import type { Chance } from './chance.js';
import type { SimulatedPortal } from './portal.js';
import type { Town } from './town.js';

/** Business days after which whoever reads a new mailbox has typed its code. */
const VERIFY_DAYS = 2;
/** RFC 3849: for documentation. */
const NETWORK = '2001:db8:0:1::1';

interface Parts {
  readonly portal: SimulatedPortal;
  readonly agenda: Agenda;
  readonly assumed: Assumed;
  readonly chance: Chance;
}

/** Change requests through the portal's own services: sent, verified where there are new mailboxes, looked at, taken over. */
export class Changes {
  /** Requests with new mailboxes so far, by registration: each is asked for its codes anew. */
  private readonly sent = new Map<string, number>();

  constructor(
    private readonly parts: Parts,
    private readonly reviewer: (which: 'caller' | 'reviewer') => Promise<Viewer>,
  ) {}

  current(id: string): Promise<CurrentRegistration> {
    const { app, database } = this.parts.portal;
    return database.asSystem('simulation', (tx) => app.get(RegistrationsService).require(tx, id));
  }

  /** Sends what is true, unless a request is open already, and plans what follows from it. */
  async propose(viewer: Viewer, id: string, town: Town, date: string): Promise<void> {
    const { agenda } = this.parts;
    const { app } = this.parts.portal;
    const { version } = await this.current(id);
    const sent = await app
      .get(ProposalsService)
      .submit(viewer, id, version, { proposed: town.truth as never, comment: null })
      .catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'open-request-exists') return null;
        throw error;
      });
    if (!sent) return;
    const { id: requestId, verifications } = sent;
    if (verifications.length === 0) return this.planReview(requestId, town, date);
    const nth = (this.sent.get(id) ?? 0) + 1;
    this.sent.set(id, nth);
    const answers = verifications.every(({ email }) =>
      this.parts.chance.happens(this.parts.assumed.verifies, town.code, 'verifies', email, nth),
    );
    if (!answers) return;
    agenda.plan(date, VERIFY_DAYS, `2 ${town.code}`, async () => {
      for (const verification of verifications) await this.verify(verification.id);
      this.planReview(requestId, town, agenda.calendar.add(date, VERIFY_DAYS));
    });
  }

  private async verify(id: string): Promise<void> {
    const { app } = this.parts.portal;
    const code = app.get(Codes).derive('verify-address', id);
    await app.get(VerificationsService).verify({ id }, code, NETWORK);
  }

  private planReview(requestId: string, town: Town, date: string): void {
    this.parts.agenda.plan(date, REVIEW_DAYS, `4 ${town.code}`, async () => {
      const [request] = await this.parts.portal.database.asSystem('simulation', (tx) =>
        tx.query<{ version: number; status: string }>(
          'SELECT version, status FROM change_request WHERE id = $1',
          [requestId],
        ),
      );
      if (request?.status !== 'under_review') return;
      await this.parts.portal.app
        .get(DecisionsService)
        .approve(await this.reviewer('reviewer'), requestId, request.version, {
          reason: null,
          refusals: [],
        });
    });
  }
}
