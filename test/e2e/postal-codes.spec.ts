import type { PostalCodeList } from '../../src/postal-codes/postal-code.dto.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let anybody: Client;

beforeAll(async () => {
  portal = await startTestPortal();
  anybody = new Client(portal);
});
afterAll(() => portal.close());

const find = (code: string): Promise<Answer<PostalCodeList & Partial<Problem>>> =>
  anybody.get(`/postal-codes/${encodeURIComponent(code)}`);

describe('a postal code', () => {
  it('is looked up by anybody, who may keep the answer for a day', async () => {
    const answer = await find('080-0198');
    expect(answer.body).toEqual({
      items: [
        {
          postalCode: '080-0198',
          prefecture: '北海道',
          city: '河東郡音更町',
          town: '元町２',
          office: '音更町役場',
          severalTowns: false,
        },
      ],
    });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
  });

  it.each([
    '1500001',
    '150-0001',
    '１５０－０００１',
    '１５０ー０００１',
    '〒150-0001',
    '〒１５００００１',
    ' 150-0001 ',
  ])('may be typed as %s', async (typed) => {
    expect((await find(typed)).body.items).toMatchObject([
      { postalCode: '150-0001', prefecture: '東京都', city: '渋谷区', town: '神宮前', office: null },
    ]);
  });

  it('says no town where the list has none, a remark, or several', async () => {
    expect((await find('0600000')).body.items).toMatchObject([
      { city: '札幌市中央区', town: '', severalTowns: false },
    ]);
    expect((await find('0285102')).body.items).toMatchObject([{ city: '岩手郡葛巻町', town: '葛巻' }]);
    expect((await find('4520961')).body.items).toMatchObject([
      { city: '清須市', town: '', severalTowns: true },
    ]);
  });

  it.each(['0000000', '9999999'])('that is nobody’s (%s) has no address', async (code) => {
    const answer = await find(code);
    expect([answer.status, answer.body]).toEqual([200, { items: [] }]);
  });

  it.each(['x', '123', '12345678', '150-00012', '15-00001', '1500001\u0000', '150\n0001', '%', "1'or'1"])(
    'that is none (%j) is refused',
    async (code) => {
      const answer = await find(code);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/code']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );
});
