import { hashPassword, verifyPassword } from './password.js';

const PASSWORD = 'パスワードは檮原の髙﨑';

describe('a password', () => {
  let hash: string;
  beforeAll(async () => {
    hash = await hashPassword(PASSWORD);
  });

  it('is kept as argon2id of at least 19 MiB, never as it is', () => {
    expect(hash).toMatch(/^\$argon2id\$(?=.*m=19456)(?=.*t=2)/);
    expect(hash).not.toContain(PASSWORD);
  });

  it('has another hash every time', async () => {
    expect(await hashPassword(PASSWORD)).not.toBe(hash);
  });

  it('is known again', async () => {
    expect(await verifyPassword(hash, PASSWORD)).toBe(true);
  });

  it.each([
    ['in half-width katakana', 'ﾊﾟｽﾜｰﾄﾞは檮原の髙﨑'],
    ['with its marks apart', PASSWORD.normalize('NFD')],
  ])('is the same %s', async (_, typed) => {
    expect(await verifyPassword(hash, typed)).toBe(true);
  });

  it('set in half-width katakana is the same in full width', async () => {
    expect(await verifyPassword(await hashPassword('ﾊﾟｽﾜｰﾄﾞは檮原の髙﨑'), PASSWORD)).toBe(true);
  });

  it.each([
    ['another', 'パスワードは檮原の髙橋'],
    ['the usual form of a character', 'パスワードは檮原の高﨑'],
    ['a part', PASSWORD.slice(0, -1)],
    ['nothing', ''],
  ])('is not %s', async (_, typed) => {
    expect(await verifyPassword(hash, typed)).toBe(false);
  });

  it.each([PASSWORD, '', 'nobody has this password'])('of nobody is never %j', async (typed) => {
    expect(await verifyPassword(null, typed)).toBe(false);
  });
});
