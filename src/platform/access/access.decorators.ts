import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../http/domain-error.js';
import type { Permission } from './permission.js';
import type { SessionViewer } from './viewer.js';

export const ACCESS_RULE = 'access:rule';
export type AccessRule = 'public' | Permission;

/** Anybody may call this route. Say beside it why. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule);

/** Only a session whose role carries the permission may call this route. */
export const Allow = (permission: Permission): MethodDecorator => SetMetadata(ACCESS_RULE, permission);

/** The session that calls; only on routes that aren't public. */
export const CurrentViewer = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SessionViewer => {
    const { viewer } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!viewer) throw new DomainError('invalid-token');
    return viewer;
  },
);
