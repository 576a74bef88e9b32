import { ArrayMaxSize, IsArray, IsBoolean, IsUUID } from 'class-validator';
import { Omissible } from '../platform/http/fields.js';

export class LogoutDto {
  /** End every session of this account or mailbox, not only this one. @example false */
  @Omissible()
  @IsBoolean()
  everywhere?: boolean;
}

export class AccountResponse {
  /** @example member */
  kind: 'member' | 'staff';
  /** Staff: the account. Members have none. @example null */
  accountId: string | null;
  /** @example kikaku@town-otofuke.example */
  email: string;
  /** @example "小野寺 真理" */
  name: string;
  /** @example ["member"] */
  @IsArray()
  @ArrayMaxSize(4)
  roles: string[];
  /** Members: their own registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string | null;
  /** Members: whom they act for. @example 北海道音更町 */
  municipality: string | null;
}

export class SignedInResponse {
  /** Goes into `Authorization: Bearer …`. @example eyJhbGciOiJFUzI1NiJ9.eyJzaWQiOiIuLi4ifQ.c2ln */
  accessToken: string;
  /** Seconds. @example 300 */
  expiresIn: number;
  account: AccountResponse;
}

export class SessionsQuery {
  /** Those of this member of staff. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  @Omissible()
  @IsUUID()
  accountId?: string;

  /** Those of this municipality's mailboxes. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  @Omissible()
  @IsUUID()
  registrationId?: string;
}

export class SessionResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d71 */
  id: string;
  /** Whether it is the one that asks. @example true */
  current: boolean;
  /** Staff: the account. @example null */
  accountId: string | null;
  /** Members: the registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string | null;
  /** The mailbox that was proved, or the account's. @example kikaku@town-otofuke.example */
  mailbox: string;
  /** As they said at sign-in, or the account's. @example "小野寺 真理" */
  name: string;
  /** @example 2026-11-22T01:58:00.000Z */
  startedAt: Date;
  /** When it was last kept alive. @example 2026-11-22T02:13:00.000Z */
  lastSeenAt: Date;
  /** When it ends at the latest. @example 2026-11-23T01:58:00.000Z */
  expiresAt: Date;
}

export class SessionList {
  items: SessionResponse[];
}
