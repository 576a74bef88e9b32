import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Keys } from '../../config/keys.js';
import { ACCESS_TOKEN_ISSUER, ACCESS_TOKEN_TYPE } from './access-token.js';
import type { AccessClaims } from './viewer.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads access tokens. Everything that passport-jwt leaves open by default is pinned: one algorithm, issuer,
 * audience, type; the key comes from our own two by `kid` and never from the token.
 */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(keys: Keys) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (
        _request: unknown,
        token: string,
        done: (error: Error | null, key?: string) => void,
      ) => {
        const key = keyFor(token, keys);
        // jsonwebtoken takes a KeyObject, and then needs not parse a PEM at every request; its types lag behind.
        if (key) done(null, key as unknown as string);
        else done(new Error('no key for this token'));
      },
      algorithms: ['ES256'],
      issuer: ACCESS_TOKEN_ISSUER,
      audience: keys.audience,
      ignoreExpiration: false,
    });
  }

  /** @returns false, and so 401, for a payload that this portal would never have signed */
  validate(payload: Record<string, unknown>): AccessClaims | false {
    const { sid, roles, exp } = payload;
    if (typeof exp !== 'number' || typeof sid !== 'string' || !UUID.test(sid) || !Array.isArray(roles)) {
      return false;
    }
    return { sid, roles: roles.map(String), exp };
  }
}

function keyFor(token: string, keys: Keys): KeyObject | undefined {
  try {
    const header = JSON.parse(
      Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString(),
    ) as Record<string, unknown>;
    if (header['typ'] !== ACCESS_TOKEN_TYPE || typeof header['kid'] !== 'string') return undefined;
    return keys.publicKey(header['kid']);
  } catch {
    return undefined;
  }
}
