import { flawsOf, MAIL_CONTEXT } from '../../../../test/factories/mail-flaws.js';
import { hashGroups, parseHead } from '../chain.js';
import { type HeadParams, renderHead } from './head.js';

const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const head = (change: Partial<HeadParams> = {}) =>
  renderHead(
    {
      name: '堀越 直央',
      day: '2026-11-22',
      seq: 12345,
      groups: hashGroups(Buffer.from(HASH, 'hex')),
      ...change,
    },
    MAIL_CONTEXT,
  );

describe('head', () => {
  it('reads as agreed', () => {
    const { subject, body } = head();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete, however long the name and the trail', () => {
    expect(flawsOf(head(), 0)).toEqual([]);
    expect(flawsOf(head({ name: '﨑'.repeat(100), seq: 999_999_999_999 }), 0)).toEqual([]);
  });

  it('shows a command whose argument is the head, as it is copied', () => {
    const [, argument = ''] = /"([^"]+)"/.exec(head().body) ?? [];
    expect(parseHead(argument)).toEqual({ seq: 12345, hash: Buffer.from(HASH, 'hex') });
  });
});
