import { kindOf, sizeOf } from './attachment-words';

it.each([
  [1, '1KB'],
  [700, '1KB'],
  [184_320, '180KB'],
  [1_048_063, '1023KB'],
  [1_048_064, '1MB'],
  [1_258_291, '1.2MB'],
  [20 * 1024 * 1024, '20MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeOf(bytes)).toBe(words);
});

it.each([
  ['開催要項.pdf', 'application/pdf', 'PDF'],
  ['名簿.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel'],
  ['名簿.CSV', 'text/plain', 'CSV'],
  ['読んでください.txt', 'text/plain', 'テキスト'],
  ['何か', 'application/octet-stream', 'ファイル'],
])('%s (%s) is %s', (name, mediaType, words) => {
  expect(kindOf(name, mediaType)).toBe(words);
});
