import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/env.js';

/** Session cookie and challenge nonce: 256 random bits each, known to the database as hashes only. */
@Injectable()
export class Cookies {
  private readonly secure: boolean;
  private readonly prefix: string;

  constructor(settings: Settings) {
    this.secure = settings.publicUrl.startsWith('https://');
    // Browsers refuse `__Host-` without `Secure`, so plain http (the demo) has another name.
    this.prefix = this.secure ? '__Host-' : '';
  }

  readSession(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.prefix}renkei_session`];
  }

  readNonce(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.prefix}renkei_challenge`];
  }

  /** What shows that somebody has signed in with this browser before. */
  readDevice(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.prefix}renkei_device`];
  }

  writeDevice(reply: FastifyReply, value: string): void {
    this.write(reply, 'renkei_device', value, DEVICE_SECONDS);
  }

  writeSession(reply: FastifyReply, token: string): void {
    this.write(reply, 'renkei_session', token, SESSION_SECONDS);
  }

  writeNonce(reply: FastifyReply, nonce: string): void {
    this.write(reply, 'renkei_challenge', nonce, CHALLENGE_SECONDS);
  }

  clearSession(reply: FastifyReply): void {
    this.write(reply, 'renkei_session', '', 0);
  }

  private write(reply: FastifyReply, name: string, value: string, maxAge: number): void {
    void reply.setCookie(`${this.prefix}${name}`, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: this.secure,
      maxAge,
    });
  }
}

/** Absolute life of a session. */
export const SESSION_SECONDS = 24 * 60 * 60;
/** Life of a mailed code: greylisting may hold it up for a quarter of an hour. */
export const CHALLENGE_SECONDS = 30 * 60;

/** Longer than from one spring to the next. Browsers keep no cookie for longer than 400 days. */
export const DEVICE_SECONDS = 400 * 24 * 60 * 60;

export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
