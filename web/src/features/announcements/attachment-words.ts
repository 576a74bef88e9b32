const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.';

/** What a clerk calls it, and so knows what will open it. */
const KINDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  [`${OFFICE}wordprocessingml.document`]: 'Word',
  [`${OFFICE}spreadsheetml.sheet`]: 'Excel',
  [`${OFFICE}presentationml.presentation`]: 'PowerPoint',
  [`${OPEN_DOCUMENT}text`]: 'OpenDocument文書',
  [`${OPEN_DOCUMENT}spreadsheet`]: 'OpenDocument表計算',
  [`${OPEN_DOCUMENT}presentation`]: 'OpenDocumentスライド',
  'image/jpeg': '画像（JPEG）',
  'image/png': '画像（PNG）',
};

/** @returns the kind in words; plain text by its name, which alone tells a table (CSV) from prose */
export function kindOf(name: string, mediaType: string): string {
  const known = KINDS[mediaType];
  if (known !== undefined) return known;
  if (!mediaType.startsWith('text/')) return 'ファイル';
  return /\.csv$/i.test(name) ? 'CSV' : 'テキスト';
}

const KB = 1024;
const MB = KB * KB;

/** @returns `1.2MB`, `180KB`; never 0 */
export function sizeOf(bytes: number): string {
  // What would round to 1024KB is a megabyte.
  if (bytes >= MB - KB / 2) return `${tenths(bytes / MB)}MB`;
  return `${Math.max(1, Math.round(bytes / KB))}KB`;
}

const tenths = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, '');
