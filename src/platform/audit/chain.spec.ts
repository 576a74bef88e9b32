import { GENESIS, hashGroups, linkHash, parseHead } from './chain.js';

const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('linkHash', () => {
  it('is SHA-256 of the hash before and the text', () => {
    // printf '\0…\0abc' | sha256sum, with 32 zero bytes
    expect(linkHash(GENESIS.hash, 'abc').toString('hex')).toBe(
      '365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370',
    );
  });

  it('changes with either', () => {
    const first = linkHash(GENESIS.hash, 'abc');
    expect(linkHash(first, 'abc')).not.toEqual(first);
    expect(linkHash(GENESIS.hash, 'abd')).not.toEqual(first);
  });
});

describe('parseHead', () => {
  it('takes what a mail shows, however it was copied', () => {
    const groups = hashGroups(Buffer.from(HASH, 'hex'));
    expect(groups).toHaveLength(8);
    for (const typed of [
      `12:${HASH}`,
      `12: ${groups.join(' ')}`,
      `12:${groups.slice(0, 4).join(' ')}\n　${groups.slice(4).join(' ')}`,
      `12:${HASH.toUpperCase()}`,
    ]) {
      expect(parseHead(typed)).toEqual({ seq: 12, hash: Buffer.from(HASH, 'hex') });
    }
  });

  it.each(['', '12', `0:${HASH}`, `12:${HASH.slice(1)}`, `12:${HASH}0`, `-1:${HASH}`, `12:${HASH}x`])(
    'refuses %j',
    (typed) => {
      expect(parseHead(typed)).toBeNull();
    },
  );
});
