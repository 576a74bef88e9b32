import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Keys } from '../../config/keys.js';

/** Minutes are enough: the page asks for a fresh one with its session cookie. Seconds. */
export const ACCESS_TOKEN_SECONDS = 300;
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const ACCESS_TOKEN_ISSUER = 'renkei-portal';

/** Makes access tokens; the strategy beside it reads them. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: Keys,
  ) {}

  /** @returns an ES256 token of five minutes that names the session and its roles, and nothing else */
  sign(sessionId: string, roles: readonly string[]): string {
    return this.jwt.sign(
      { sid: sessionId, roles },
      {
        privateKey: this.keys.current.privateKey,
        algorithm: 'ES256',
        issuer: ACCESS_TOKEN_ISSUER,
        audience: this.keys.audience,
        expiresIn: ACCESS_TOKEN_SECONDS,
        header: { alg: 'ES256', typ: ACCESS_TOKEN_TYPE, kid: this.keys.current.kid },
      },
    );
  }
}
