import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../http/domain-error.js';
import { ACCESS_RULE, type AccessRule } from './access.decorators.js';
import { isAllowed } from './permission.js';
import { VerifiedTokens } from './verified-tokens.js';
import type { AccessClaims } from './viewer.js';

const BearerGuard = AuthGuard('access-token');

/**
 * The one global guard: a route without a rule is closed. The token's roles only give a quick refusal;
 * the transaction reads the session row and decides again from that.
 */
@Injectable()
export class AccessGuard extends BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verified: VerifiedTokens,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (rule === 'public') return true;
    if (rule === undefined) throw new DomainError('forbidden');
    const { sid, roles } = await this.readToken(context);
    // Before the refusal, so that the log says whose it was.
    context.switchToHttp().getRequest<FastifyRequest>().viewer = { kind: 'session', sessionId: sid };
    if (!isAllowed(roles, rule)) throw new DomainError('forbidden');
    return true;
  }

  /** @throws DomainError `invalid-token` */
  private async readToken(context: ExecutionContext): Promise<AccessClaims> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: AccessClaims }>();
    const header = request.headers.authorization ?? '';
    const known = this.verified.find(header);
    if (known) return known;
    await super.canActivate(context);
    this.verified.remember(header, request.user);
    return request.user;
  }

  /** Whatever is wrong with a token, the answer is the same. */
  override handleRequest<T>(error: unknown, user: T | false | undefined): T {
    if (error || !user) throw new DomainError('invalid-token');
    return user;
  }
}
