import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from '../platform/access/access-token.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { AccountResponse, SessionList, SessionsQuery, SignedInResponse } from './sessions.dto.js';
import { SessionsRepository, type SessionRow } from './sessions.repository.js';
import { hashToken, newToken, SESSION_SECONDS } from './session-cookie.js';

/** Who a new session belongs to: a registered mailbox, or an account. */
export type SessionOwner =
  | {
      readonly registrationId: string;
      readonly mailbox: string;
      readonly operatorName: string;
      readonly accountId?: undefined;
    }
  | {
      readonly accountId: string;
      readonly registrationId?: undefined;
      readonly mailbox?: undefined;
      readonly operatorName?: undefined;
    };

/** A session that has just begun. `token` goes into the cookie and nowhere else. */
export interface OpenedSession {
  readonly id: string;
  readonly token: string;
}

/** Sessions: begun by signing in, kept alive by refreshing, ended by signing out or by time. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: SessionsRepository,
    private readonly registrations: RegistrationsService,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
  ) {}

  /** Begins a session within the transaction that proved who somebody is, and leaves the trail of it. */
  async open(tx: Tx, owner: SessionOwner): Promise<OpenedSession> {
    const id = uuidv7();
    const token = newToken();
    const { accountId = null, registrationId = null, mailbox = null, operatorName = null } = owner;
    await this.repository.insert(tx, {
      id,
      tokenHash: hashToken(token),
      accountId,
      registrationId,
      mailbox,
      operatorName,
      lifeSeconds: SESSION_SECONDS,
    });
    if (accountId !== null) await this.repository.noteSignIn(tx, accountId);
    await this.audit.record(tx, 'session.started', {
      subjectId: id,
      registrationId,
      details: { accountId },
      personal: mailbox === null ? null : { mailbox, name: operatorName },
    });
    return { id, token };
  }

  /**
   * The answer to a sign-in: a token, and who one is now.
   *
   * @param before cookie of the session that the browser had, whoever's it was: it ends
   */
  async beginInPlaceOf(opened: OpenedSession, before: string | undefined): Promise<SignedInResponse> {
    await this.end(before, false);
    return this.begin(opened);
  }

  /** The same where none ends. */
  async begin(opened: OpenedSession): Promise<SignedInResponse> {
    return this.database.transaction(viewerOf(opened.id), Permission.UseOwnSession, async (tx) =>
      this.toSignedIn(opened.id, await this.describe(tx)),
    );
  }

  /** Exchanges the session cookie for a fresh access token and keeps the session from going idle. */
  async refresh(token: string | undefined): Promise<SignedInResponse> {
    const sessionId = await this.findByToken(token);
    return this.database.transaction(viewerOf(sessionId), Permission.UseOwnSession, async (tx) => {
      await this.repository.touch(tx, sessionId);
      return this.toSignedIn(sessionId, await this.describe(tx));
    });
  }

  /** Signing out twice is no error. */
  async end(token: string | undefined, everywhere: boolean): Promise<void> {
    if (token === undefined) return;
    await this.database.asSystem('sign-out', async (tx) => {
      const sessionId = await this.repository.findIdByToken(tx, hashToken(token));
      if (sessionId === null) return;
      if ((await this.repository.revoke(tx, sessionId, everywhere ? 'all' : 'this')) === 0) return;
      await this.audit.record(tx, 'session.ended', {
        subjectId: sessionId,
        details: { everywhere },
        personal: null,
      });
    });
  }

  /** The sessions of the same account, or of the same mailbox of the same registration; for admins, anybody's. */
  async list(viewer: SessionViewer, query: SessionsQuery | null): Promise<SessionList> {
    const permission = query ? Permission.ReadAnySession : Permission.UseOwnSession;
    return this.database.transaction(viewer, permission, async (tx) => {
      const rows = query
        ? await this.repository.list(tx, query)
        : await this.repository.listOwn(tx, viewer.sessionId);
      await noteReads(
        tx,
        'session.list',
        rows.filter(({ registrationId }) => registrationId !== null),
      );
      return { items: rows.map((row: SessionRow) => ({ ...row, current: row.id === viewer.sessionId })) };
    });
  }

  /** Ends one of one's own. @throws DomainError `not-found`, also for somebody else's */
  async endOwn(viewer: SessionViewer, id: string): Promise<void> {
    await this.database.transaction(viewer, Permission.UseOwnSession, async (tx) => {
      const own = await this.repository.listOwn(tx, viewer.sessionId);
      if (!own.some((session) => session.id === id)) throw new DomainError('not-found');
      await this.endOne(tx, id);
    });
  }

  /** Ends all of one's own but the one that asks. */
  async endOthers(viewer: SessionViewer): Promise<void> {
    await this.database.transaction(viewer, Permission.UseOwnSession, async (tx) => {
      if ((await this.repository.revoke(tx, viewer.sessionId, 'others')) === 0) return;
      await this.audit.record(tx, 'session.ended', {
        subjectId: viewer.sessionId,
        registrationId: tx.actor.kind === 'member' ? tx.actor.registrationId : null,
        details: { everywhere: true },
        personal: null,
      });
    });
  }

  /** For admins: ends anybody's. @throws DomainError `not-found` */
  async endAny(viewer: SessionViewer, id: string): Promise<void> {
    await this.database.transaction(viewer, Permission.EndAnySession, (tx) => this.endOne(tx, id));
  }

  /** For other rooms: ends all of an account, but for the one that asks where it is to stay. @returns how many */
  async endAllOfAccount(tx: Tx, accountId: string, but: string | null): Promise<number> {
    return this.repository.endAllOfAccount(tx, accountId, but);
  }

  /**
   * For other rooms: notes that a second factor was shown in this session, which gets another cookie.
   *
   * @param cookie the session's, as it was sent
   * @throws DomainError `session-ended` where it isn't this session's
   */
  async stepUp(tx: Tx, sessionId: string, cookie: string | undefined): Promise<OpenedSession> {
    const token = newToken();
    const own = await this.repository.stepUp(tx, sessionId, hashToken(cookie ?? ''), hashToken(token));
    if (!own) throw new DomainError('session-ended');
    return { id: sessionId, token };
  }

  /**
   * For other rooms: ends every session of a registration and every sign-in code of its mailboxes, those that stay
   * included. Before the registration changes: afterwards nobody knows which mailboxes it had.
   */
  async revokeAllOf(tx: Tx, registrationId: string): Promise<void> {
    const revoked = await this.repository.revokeAccess(tx, registrationId);
    await this.audit.record(tx, 'access.revoked', {
      subjectId: registrationId,
      registrationId,
      details: revoked,
      personal: null,
    });
  }

  /** For other rooms: ends what mailboxes that leave a registration have opened; they may come back, it doesn't. */
  async revokeMailboxes(tx: Tx, registrationId: string, mailboxes: readonly string[]): Promise<void> {
    const sessions = await this.repository.revokeAccessOfMailboxes(tx, registrationId, mailboxes);
    await this.audit.record(tx, 'access.mailboxes-revoked', {
      subjectId: registrationId,
      registrationId,
      details: { mailboxes: mailboxes.length, sessions },
      personal: { mailboxes },
    });
  }

  async me(viewer: SessionViewer): Promise<AccountResponse> {
    return this.database.transaction(viewer, Permission.UseOwnSession, (tx) => this.describe(tx));
  }

  private async endOne(tx: Tx, id: string): Promise<void> {
    const ended = await this.repository.end(tx, id);
    if (!ended) throw new DomainError('not-found');
    await this.audit.record(tx, 'session.ended', {
      subjectId: id,
      registrationId: ended.registrationId,
      details: { everywhere: false },
      personal: null,
    });
  }

  private async findByToken(token: string | undefined): Promise<string> {
    const sessionId =
      token === undefined
        ? null
        : await this.database.asSystem('refresh', (tx) =>
            this.repository.findIdByToken(tx, hashToken(token)),
          );
    if (sessionId === null) throw new DomainError('session-ended');
    return sessionId;
  }

  private toSignedIn(sessionId: string, account: AccountResponse): SignedInResponse {
    return {
      accessToken: this.tokens.sign(sessionId, account.roles),
      expiresIn: ACCESS_TOKEN_SECONDS,
      account,
    };
  }

  private async describe(tx: Tx): Promise<AccountResponse> {
    const { actor } = tx;
    if (actor.kind === 'system') throw new Error('the portal itself has no account');
    const member = actor.kind === 'member';
    return {
      kind: actor.kind,
      accountId: member ? null : actor.accountId,
      email: actor.mailbox,
      name: actor.name,
      roles: [...actor.roles],
      registrationId: member ? actor.registrationId : null,
      municipality: member ? await this.registrations.municipalityName(tx, actor.registrationId) : null,
    };
  }
}

const viewerOf = (sessionId: string): SessionViewer => ({ kind: 'session', sessionId });
