import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/env.js';
import { DomainError } from '../platform/http/domain-error.js';

/** Sent by the portal's own page; another site's form can't. */
export const OWN_PAGE_HEADER = 'x-renkei-request';

/** For the OpenAPI document. */
export const OWN_PAGE = {
  name: 'X-Renkei-Request',
  required: true,
  description: 'Any value: it shows that a page of another site did not send this.',
  example: '1',
};

/** For the routes that set cookies: a page of another site may not sign its visitors in as somebody else. */
@Injectable()
export class OwnOriginGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const foreign = headers.origin !== undefined && headers.origin !== this.settings.publicUrl;
    if (foreign || headers['sec-fetch-site'] === 'cross-site') throw new DomainError('foreign-origin');
    return true;
  }
}

/** For the routes that believe the session cookie: only the portal's own page may call them. */
@Injectable()
export class CookieRouteGuard extends OwnOriginGuard {
  override canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (headers[OWN_PAGE_HEADER] === undefined) throw new DomainError('foreign-origin');
    return super.canActivate(context);
  }
}
