import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../http/domain-error.js';
import { ACCESS_RULE, type AccessRule } from './access.decorators.js';
import { isAllowed } from './permission.js';
import type { AccessClaims } from './viewer.js';

const BearerGuard = AuthGuard('access-token');

/**
 * The one global guard: a route without a rule is closed. The token's roles only give a quick refusal;
 * the transaction reads the session row and decides again from that.
 */
@Injectable()
export class AccessGuard extends BearerGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (rule === 'public') return true;
    if (rule === undefined) throw new DomainError('forbidden');
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: AccessClaims }>();
    if (!isAllowed(request.user.roles, rule)) throw new DomainError('forbidden');
    request.viewer = { kind: 'session', sessionId: request.user.sid };
    return true;
  }

  /** Whatever is wrong with a token, the answer is the same. */
  override handleRequest<T>(error: unknown, user: T | false | undefined): T {
    if (error || !user) throw new DomainError('invalid-token');
    return user;
  }
}
