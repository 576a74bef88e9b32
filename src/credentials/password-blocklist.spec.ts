import { passwordFlaw } from './password-blocklist.js';

const OWN = ['nakamura.iroha@council.example', '中邨 彩葉'];

describe('a password is refused that', () => {
  it.each([
    ['repeats one key', 'aaaaaaaaaaaaaaa'],
    ['repeats one character', 'あああああああああああああああ'],
    ['counts', '123456789012345'],
    ['is a usual one twice', 'passwordpassword'],
    ['is a usual one with signs for letters', 'P@ssw0rdP@ssw0rd!'],
    ['is a usual one and digits', 'iloveyou123456789'],
    ['runs along the keys', 'qwertyuiopasdfghjkl'],
    ['runs up and down the keys', '1qaz2wsx3edc4rfv'],
    ['is the alphabet', 'abcdefghijklmnopqrstuvwxyz'],
    ['is half a word in full width', 'ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ'],
  ])('%s', async (_, password) => {
    expect(await passwordFlaw(password, OWN)).not.toBeNull();
  });

  it.each([
    ['is the project', '特別区全国連携プロジェクト2026'],
    ['is the portal', 'renkei-portal-2026'],
    ['is the project in letters', 'TokubetsukuZenkokuRenkei!'],
    ['is the office', '特別区協議会 事業推進課 登録情報'],
    ['is the person’s address', 'nakamura.iroha@council'],
    ['is the person’s name and the portal', '中邨彩葉中邨彩葉特別区全国連携'],
  ])('%s', async (_, password) => {
    expect(await passwordFlaw(password, OWN)).toBe('own-words');
  });
});

describe('a password is taken that', () => {
  it.each([
    ['is a sentence', '長い合言葉は忘れにくいものですね'],
    ['is four words', 'correct horse battery staple'],
    ['has a word of the portal among others', '特別区の朝は雨と珈琲から始まる'],
    ['is random', 'k7Qz-mw2p-Xt94-vb1n'],
  ])('%s', async (_, password) => {
    expect(await passwordFlaw(password, OWN)).toBeNull();
  });
});
