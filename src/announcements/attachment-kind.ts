import { fileTypeFromBuffer } from 'file-type';
import { DomainError } from '../platform/http/domain-error.js';
import { extensionOf } from './attachment-name.js';

/** A kind of file that may go with an announcement. */
export interface AttachmentKind {
  readonly id: 'pdf' | 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp' | 'jpeg' | 'png' | 'text';
  /** Japanese, for a person. */
  readonly label: string;
  readonly mediaType: string;
  readonly extensions: readonly string[];
}

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/**
 * The whole list. No HTML, SVG or XML, which a browser would run; no archive, which hides what it holds; no program.
 */
export const ATTACHMENT_KINDS: readonly AttachmentKind[] = [
  { id: 'pdf', label: 'PDF', mediaType: 'application/pdf', extensions: ['pdf'] },
  {
    id: 'docx',
    label: 'Word文書',
    mediaType: `${OOXML}.wordprocessingml.document`,
    extensions: ['docx'],
  },
  { id: 'xlsx', label: 'Excelブック', mediaType: `${OOXML}.spreadsheetml.sheet`, extensions: ['xlsx'] },
  {
    id: 'pptx',
    label: 'PowerPointスライド',
    mediaType: `${OOXML}.presentationml.presentation`,
    extensions: ['pptx'],
  },
  { id: 'odt', label: 'OpenDocument文書', mediaType: `${ODF}.text`, extensions: ['odt'] },
  { id: 'ods', label: 'OpenDocument表計算', mediaType: `${ODF}.spreadsheet`, extensions: ['ods'] },
  { id: 'odp', label: 'OpenDocumentスライド', mediaType: `${ODF}.presentation`, extensions: ['odp'] },
  { id: 'jpeg', label: '画像（JPEG）', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  { id: 'png', label: '画像（PNG）', mediaType: 'image/png', extensions: ['png'] },
  { id: 'text', label: 'テキスト', mediaType: 'text/plain', extensions: ['txt', 'csv'] },
];

/** How many bytes of the beginning it takes to judge a file, or all of a shorter one. */
export const HEAD_BYTES = 4_100;

type KindId = AttachmentKind['id'];

/** What each kind begins with, at the very first byte: readers forgive what stands before it, and so hide it. */
const MAGIC: readonly (readonly [Buffer, readonly KindId[]])[] = [
  [Buffer.from('%PDF-'), ['pdf']],
  [Buffer.from('89504e470d0a1a0a', 'hex'), ['png']],
  [Buffer.from('ffd8ff', 'hex'), ['jpeg']],
  [Buffer.from('PK\x03\x04'), ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp']],
];

/** Parts with which Office and its like begin their packages. */
const FIRST_PART = /^(\[Content_Types\]\.xml|(_rels|docProps|word|xl|ppt|customXml)\/.*|mimetype)$/;

/**
 * Refuses by the name alone what is of no kind that is taken, before a byte has come.
 *
 * @throws DomainError `attachment-kind` (415)
 */
export function assertNameOfSomeKind(name: string): void {
  const extension = extensionOf(name);
  if (!ATTACHMENT_KINDS.some(({ extensions }) => extensions.includes(extension)))
    throw notTaken(extension || null);
}

/**
 * Judges a file by how it begins. What is ambiguous as yet, a package of Office whose list of contents stands further
 * back, is taken for what its name says; `AttachmentInspection` looks for its main part.
 *
 * @param head the first {@link HEAD_BYTES}, or all of it
 * @throws DomainError `attachment-kind`, `attachment-macros`, `attachment-name-differs` (415)
 */
export async function kindOf(head: Buffer, name: string): Promise<AttachmentKind> {
  const extension = extensionOf(name);
  const candidates = MAGIC.find(([magic]) => head.subarray(0, magic.length).equals(magic))?.[1] ?? ['text'];
  const detected = await detect(head);
  const kind =
    candidates.length === 1 ? byId(candidates[0] as KindId) : packageKind(head, detected?.mime, extension);
  if (!kind || (kind.id === 'text' && !isPlainText(head))) throw notTaken(detected?.ext ?? markupIn(head));
  if (kind.extensions.includes(extension)) return kind;
  // Other formats that are written as text, such as RTF, by their own names.
  if (kind.id === 'text' && detected) throw notTaken(detected.ext);
  throw new DomainError('attachment-name-differs', {
    extensions: { found: kind.label, extensions: kind.extensions },
  });
}

/** Hostile beginnings make the library throw; then they are what it doesn't know. */
async function detect(head: Buffer): Promise<{ ext: string; mime: string } | undefined> {
  return fileTypeFromBuffer(head).catch(() => undefined);
}

const byId = (id: KindId): AttachmentKind | undefined => ATTACHMENT_KINDS.find((kind) => kind.id === id);

/** @throws DomainError `attachment-macros` */
function packageKind(head: Buffer, mime: string | undefined, extension: string): AttachmentKind | undefined {
  if (mime?.includes('macroenabled')) throw new DomainError('attachment-macros');
  const known = ATTACHMENT_KINDS.find(({ mediaType }) => mediaType === mime);
  if (known || mime !== 'application/zip') return known;
  return FIRST_PART.test(firstPartOf(head))
    ? ATTACHMENT_KINDS.find(
        ({ mediaType, extensions }) => mediaType.startsWith(OOXML) && extensions.includes(extension),
      )
    : undefined;
}

/** @returns name of the first entry of a zip, from its local header (APPNOTE 4.3.7) */
function firstPartOf(head: Buffer): string {
  if (head.length < 30) return '';
  return head.subarray(30, 30 + head.readUInt16LE(26)).toString('latin1');
}

/** No control characters, and nothing that a browser which guesses would take for HTML, SVG or XML. */
const isPlainText = (head: Buffer): boolean => !hasControls(head) && markupIn(head) === null;

/** Tab and line ends aside; neither encoding that is taken has such bytes within a character. */
export function hasControls(bytes: Buffer): boolean {
  return bytes.some(
    (byte) => (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f,
  );
}

const MARKUP = /^(?:\u00ef\u00bb\u00bf)?\s*<[!?/a-z]/i;

/** @returns what to call it, or null for plain text */
function markupIn(head: Buffer): string | null {
  const text = head.toString('latin1');
  if (!MARKUP.test(text)) return null;
  if (/<svg/i.test(text)) return 'svg';
  return /^\S*\s*<\?xml/i.test(text) ? 'xml' : 'html';
}

/** @param found what it is, where that is known */
export const notTaken = (found: string | null): DomainError =>
  new DomainError('attachment-kind', {
    extensions: { found, kinds: ATTACHMENT_KINDS.map(({ label, extensions }) => ({ label, extensions })) },
  });
