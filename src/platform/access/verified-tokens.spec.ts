import { jest } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const claims = (exp: number) => ({ sid: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e', roles: ['member'], exp });

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-04-01T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

const now = (): number => Date.now() / 1000;

it('knows a token that was verified, until it ends', () => {
  const tokens = new VerifiedTokens();
  tokens.remember('a', claims(now() + 300));
  expect(tokens.find('a')).toEqual(claims(now() + 300));
  jest.setSystemTime(new Date('2026-04-01T00:05:00Z'));
  expect(tokens.find('a')).toBeUndefined();
});

it('knows no other, not even one that differs in its last letter', () => {
  const tokens = new VerifiedTokens();
  tokens.remember('header.payload.signature', claims(now() + 300));
  expect(tokens.find('header.payload.signaturf')).toBeUndefined();
  expect(tokens.find('')).toBeUndefined();
});

it('forgets the oldest when it is full', () => {
  const tokens = new VerifiedTokens();
  for (let i = 0; i <= 5_000; i += 1) tokens.remember(`token-${i}`, claims(now() + 300));
  expect([tokens.find('token-0'), tokens.find('token-1')?.roles]).toEqual([undefined, ['member']]);
});
