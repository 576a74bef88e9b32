import { displayWidth } from '../platform/mail/mail-text.js';
import type { Change } from '../registry/registration-diff.js';
import { changesText as textOf } from './changes-text.js';

const changesText = (changes: readonly Change[]): string => textOf(changes, 'proposed');

const changed = (label: string, beforeText: string | null, afterText: string | null): Change => ({
  pointer: '/departments/kikaku/name',
  kind: 'changed',
  label,
  before: beforeText,
  after: afterText,
  beforeText,
  afterText,
});

describe('changesText', () => {
  it('puts short values beside their labels', () => {
    expect(changesText([changed('企画課　電話', '0889-00-1111', '0889-00-2222')])).toBe(
      '1　企画課　電話\n　いまの登録　0889-00-1111\n　届出の内容　0889-00-2222',
    );
  });

  it('calls the old value by another name once it is no longer registered', () => {
    const text = textOf([changed('企画課　電話', '0889-00-1111', '0889-00-2222')], 'applied');
    expect(text).toBe('1　企画課　電話\n　変更前　　　0889-00-1111\n　変更後　　　0889-00-2222');
  });

  it('says so where nothing was or will be', () => {
    expect(changesText([changed('企画課　ファクス', null, '0889-00-1117')])).toContain(
      '　いまの登録　（なし）\n',
    );
    expect(changesText([changed('企画課　ファクス', '0889-00-1117', null)])).toMatch(
      /　届出の内容　（なし）$/u,
    );
  });

  it('puts a mailbox on a line of its own', () => {
    expect(changesText([changed('企画課　所属アドレス', 'a@x.example', 'b@x.example')])).toBe(
      '1　企画課　所属アドレス\n　いまの登録\n　　a@x.example\n　届出の内容\n　　b@x.example',
    );
  });

  it('numbers the changes and leaves a line between them', () => {
    const text = changesText([changed('代表電話', '1', '2'), changed('企画課　電話', '3', '4')]);
    expect(text.split('\n\n').map((block) => block.split('\n', 1)[0])).toEqual([
      '1　代表電話',
      '2　企画課　電話',
    ]);
  });

  it('shows of an added one only what is to be, of a removed one only what was', () => {
    const whole = '担当者（正）髙﨑 澪里\n　内線　210';
    const item = { ...changed('担当者（正）髙﨑 澪里', whole, whole), pointer: '/contacts/takasaki' };
    const added = changesText([{ ...item, kind: 'added', before: null, beforeText: null }]);
    const removed = changesText([{ ...item, kind: 'removed', after: null, afterText: null }]);
    expect(added).toBe(
      '1　担当者（正）髙﨑 澪里（追加）\n　届出の内容\n　　担当者（正）髙﨑 澪里\n　　　内線　210',
    );
    expect(removed).toBe(
      '1　担当者（正）髙﨑 澪里（登録から除外）\n　いまの登録\n　　担当者（正）髙﨑 澪里\n　　　内線　210',
    );
  });

  it.each([
    ['value', changed('企画課　所在地', '檮原町川西路'.repeat(20), null)],
    ['label', changed(`${'地方創生・特別区全国連携推進室'.repeat(4)}　電話`, '1', '2')],
  ])('breaks a long %s into lines of at most 38 characters', (_, change) => {
    for (const line of changesText([change]).split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(76);
    }
  });
});
