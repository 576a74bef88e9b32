import { readIdempotentRequest } from './idempotency-key.js';

const asked = (changes: object = {}, headers: object = {}): Parameters<typeof readIdempotentRequest>[0] => ({
  method: 'POST',
  url: '/api/v1/registrations',
  headers: { 'idempotency-key': 'k', 'if-match': '"1"', ...headers },
  body: { a: 1, b: [{ c: '課', d: null }] },
  ...changes,
});
const fingerprint = (...of: Parameters<typeof asked>): string | undefined =>
  readIdempotentRequest(asked(...of))?.fingerprint.toString('hex');

describe('an idempotency key', () => {
  it('need not be sent', () => {
    expect(readIdempotentRequest(asked({ headers: {} }))).toBeNull();
  });

  it.each(['k', '"5f0c2f1e"', '!~', 'x'.repeat(200)])('may be %.20s', (key) => {
    expect(readIdempotentRequest(asked({}, { 'idempotency-key': key }))?.key).toBe(key);
  });

  it.each(['', ' ', 'a b', 'a, b', 'x'.repeat(201), 'é', '鍵', 'a\t', 'a\n', '\u007f'])(
    'may not be %.20j',
    (key) => {
      expect(() => readIdempotentRequest(asked({}, { 'idempotency-key': key }))).toThrow(
        expect.objectContaining({ code: 'malformed', status: 400 }),
      );
    },
  );
});

describe('the fingerprint', () => {
  it('is 32 bytes, and the same in whatever order the members come', () => {
    expect(fingerprint()).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint({ body: { b: [{ d: null, c: '課' }], a: 1 } })).toBe(fingerprint());
  });

  it.each<[string, ...Parameters<typeof asked>]>([
    ['method', { method: 'PUT' }],
    ['path', { url: '/api/v1/registrations/x' }],
    ['version', {}, { 'if-match': '"2"' }],
    ['version left out', {}, { 'if-match': undefined }],
    ['body', { body: { a: 1, b: [{ c: '課', d: '' }] } }],
    ['order of a list', { body: { a: 1, b: [null, { c: '課' }] } }],
    ['body left out', { body: {} }],
  ])('is another for another %s', (_, ...of) => {
    expect(fingerprint(...of)).not.toBe(fingerprint());
  });

  it('is of the request and not of the key', () => {
    expect(fingerprint({}, { 'idempotency-key': 'other' })).toBe(fingerprint());
  });
});
