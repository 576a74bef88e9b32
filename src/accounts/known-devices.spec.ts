import { jest } from '@jest/globals';
import { generateKeysFile, Keys } from '../config/keys.js';
import { KnownDevices } from './known-devices.js';

const make = (): KnownDevices => new KnownDevices(Keys.from(generateKeysFile(), 'https://renkei.example.jp'));
const devices = make();

describe('a browser', () => {
  it('is known for the mailbox that signed in with it, always by the same number', () => {
    const cookie = devices.remember(undefined, 'kikaku@town.example');
    const number = devices.find(cookie, 'kikaku@town.example');
    expect(number).toMatch(/^[\w-]{22}$/);
    expect(devices.find(devices.remember(cookie, 'kikaku@town.example'), 'kikaku@town.example')).toBe(number);
  });

  it('is known for as long as browsers keep the cookie, and no longer', () => {
    const cookie = devices.remember(undefined, 'kikaku@town.example');
    jest.useFakeTimers({ now: Date.now() + 400 * 86_400_000 });
    expect(devices.find(cookie, 'kikaku@town.example')).not.toBeNull();
    jest.setSystemTime(Date.now() + 86_400_000);
    expect(devices.find(cookie, 'kikaku@town.example')).toBeNull();
    jest.useRealTimers();
  });

  it('is known for no other mailbox, nor by another portal', () => {
    const cookie = devices.remember(undefined, 'kikaku@town.example');
    expect(devices.find(cookie, 'soumu@town.example')).toBeNull();
    expect(make().find(cookie, 'kikaku@town.example')).toBeNull();
  });

  it('may be known for several, of which the oldest is forgotten', () => {
    const mailboxes = Array.from({ length: 9 }, (_, index) => `m${index}@town.example`);
    const cookie = mailboxes.reduce<string | undefined>(
      (known, mailbox) => devices.remember(known, mailbox),
      undefined,
    );
    expect(mailboxes.map((mailbox) => devices.find(cookie, mailbox) !== null)).toEqual([
      false,
      ...Array.from({ length: 8 }, () => true),
    ]);
    expect(cookie?.length).toBeLessThan(1024);
  });

  it.each(['', '.', '~~~', 'x.y', `${'A'.repeat(22)}.20000.${'A'.repeat(43)}`, 'a'.repeat(10_000)])(
    'is not known by %.30j',
    (cookie) => {
      expect(devices.find(cookie, 'kikaku@town.example')).toBeNull();
    },
  );
});
