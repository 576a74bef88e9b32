import { TOTP } from 'otpauth';
import { generateKeysFile, Keys } from '../config/keys.js';
import { Totp } from './totp.js';

const keys = Keys.from(generateKeysFile(), 'https://renkei.example.jp');
const totp = new Totp(keys);
const FACTOR = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f';
const NOW = Date.parse('2026-04-15T02:14:10Z');
const STEP = Math.floor(NOW / 30_000);

describe('a factor', () => {
  it('is set up with what an app can read', () => {
    const { secret, uri, qr } = totp.setup(FACTOR, 'reviewer@council.example');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(decodeURIComponent(uri)).toContain('特別区全国連携:reviewer@council.example');
    expect(qr).toMatch(/^<svg/);
    const app = new TOTP({ secret });
    expect(totp.match(FACTOR, app.generate({ timestamp: NOW }), NOW)).toBe(STEP);
  });

  it('has the same secret each time, and another has another', () => {
    expect(totp.setup(FACTOR, 'a').secret).toBe(totp.setup(FACTOR, 'b').secret);
    expect(totp.setup(FACTOR.replace('019', '01a'), 'a').secret).not.toBe(totp.setup(FACTOR, 'a').secret);
    const other = new Totp(Keys.from(generateKeysFile(), 'https://renkei.example.jp'));
    expect(other.setup(FACTOR, 'a').secret).not.toBe(totp.setup(FACTOR, 'a').secret);
  });

  it('takes the code of the half minute before and after, and says which', () => {
    expect(totp.match(FACTOR, totp.codeAt(FACTOR, NOW - 30_000), NOW)).toBe(STEP - 1);
    expect(totp.match(FACTOR, totp.codeAt(FACTOR, NOW + 30_000), NOW)).toBe(STEP + 1);
    expect(totp.match(FACTOR, totp.codeAt(FACTOR, NOW - 60_000), NOW)).toBeNull();
    expect(totp.match(FACTOR, totp.codeAt(FACTOR, NOW + 60_000), NOW)).toBeNull();
  });

  it.each(['', '12345', '1234567', 'abcdef'])('does not take %j', (typed) => {
    expect(totp.match(FACTOR, typed, NOW)).toBeNull();
  });
});
