import { TextDecoder } from 'node:util';
import { DomainError } from '../platform/http/domain-error.js';
import { type AttachmentKind, hasControls, HEAD_BYTES, kindOf, notTaken } from './attachment-kind.js';
import { extensionOf } from './attachment-name.js';

/** As far back as readers of zip look for the end of its list of contents; also how much is looked at at once. */
const SPAN_BYTES = 64 * 1024;

const PDF_END = Buffer.from('%%EOF');
const PDF_END_WITHIN = 1_024;
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');
/** The end of a zip's list of contents (APPNOTE 4.3.16). */
const ZIP_END = Buffer.from('PK\x05\x06');
const ZIP_END_BYTES = 22;
/** What may stand between the list and its end: the same for large packages. */
const ZIP64_END_BYTES = 76;

/** Parts of a package that hold programs. Names are never compressed. */
const MACRO_PARTS = ['vbaProject.bin', 'vbaData.xml', 'xl/macrosheets/', 'Basic/script-lc.xml'];
/** The part without which a package isn't what it says. */
const MAIN_PARTS: Partial<Record<AttachmentKind['id'], string>> = {
  docx: 'word/document',
  xlsx: 'xl/workbook',
  pptx: 'ppt/presentation',
};
const LONGEST_PART = Math.max(...[...MACRO_PARTS, ...Object.values(MAIN_PARTS)].map(({ length }) => length));

/**
 * Judges a file while it passes, and keeps no more of it than its beginning and its end.
 *
 * Scripts within a PDF or a picture aren't looked for: a file is only ever served under the media type that was found
 * here, with `nosniff`, in a sandbox and as a download, so that no browser runs it in the portal's name. What is looked
 * for is a file that is two things at once: its kind has to begin at the first byte and to end at the last.
 */
export class AttachmentInspection {
  private kind: AttachmentKind | null = null;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private tail: Buffer = Buffer.alloc(0);
  private total = 0;
  private hasMainPart = false;
  /** Those that can still be its encoding. The first one wins. */
  private encodings = ['utf-8', 'shift_jis'].map((name) => ({
    name,
    decoder: new TextDecoder(name, { fatal: true }),
  }));

  /** @param name as it is going to be called */
  constructor(private readonly name: string) {}

  /**
   * Takes the next bytes, in any portions.
   *
   * @throws DomainError `attachment-kind`, `attachment-macros`, `attachment-name-differs` (415) as soon as they tell
   */
  async push(bytes: Buffer): Promise<void> {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= (this.kind ? SPAN_BYTES : HEAD_BYTES)) await this.look();
  }

  /**
   * Everything has come.
   *
   * @returns its media type, for text with the encoding
   * @throws DomainError as {@link push} does, and `attachment-damaged` (422) where its end isn't its kind's own
   */
  async finish(): Promise<string> {
    const kind = await this.look();
    if (kind.id === 'text') return this.textType();
    if (!this.endsAs(kind))
      throw new DomainError('attachment-damaged', { extensions: { found: kind.label } });
    return kind.mediaType;
  }

  /** Judges what has come since, in portions that don't make many small ones costly. */
  private async look(): Promise<AttachmentKind> {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    this.kind ??= await kindOf(bytes, this.name);
    if (this.kind.id === 'text') this.readText(bytes);
    else this.readParts(bytes, this.kind);
    this.total += bytes.length;
    this.tail = Buffer.concat([this.tail, bytes]).subarray(-SPAN_BYTES);
    return this.kind;
  }

  private readText(bytes: Buffer): void {
    this.keepEncodings((decoder) => decoder.decode(bytes, { stream: true }));
    if (hasControls(bytes)) throw notTaken(null);
  }

  private textType(): string {
    this.keepEncodings((decoder) => decoder.decode());
    const [encoding] = this.encodings;
    return `text/${extensionOf(this.name) === 'csv' ? 'csv' : 'plain'}; charset=${encoding?.name}`;
  }

  private keepEncodings(decode: (decoder: TextDecoder) => unknown): void {
    this.encodings = this.encodings.filter(({ decoder }) => {
      try {
        decode(decoder);
        return true;
      } catch {
        return false;
      }
    });
    if (this.encodings.length === 0) throw notTaken(null);
  }

  private readParts(bytes: Buffer, kind: AttachmentKind): void {
    if (!isPackage(kind)) return;
    // A name may lie across two portions.
    const hasPart = partsIn(Buffer.concat([this.tail.subarray(-LONGEST_PART), bytes]));
    if (MACRO_PARTS.some(hasPart)) throw new DomainError('attachment-macros');
    const main = MAIN_PARTS[kind.id];
    this.hasMainPart ||= main === undefined || hasPart(main);
  }

  private endsAs(kind: AttachmentKind): boolean {
    if (isPackage(kind)) return this.hasMainPart && this.endsAsPackage();
    // A zip may follow anything, or stand within it with the rest for its remark.
    if (this.tail.includes(ZIP_END)) return false;
    if (kind.id === 'pdf') return this.tail.subarray(-PDF_END_WITHIN).includes(PDF_END);
    if (kind.id === 'png') return this.endsWith(PNG_END);
    // Cameras fill up with zeros.
    const end = this.tail.findLastIndex((byte) => byte !== 0) + 1;
    return this.tail.subarray(0, end).subarray(-JPEG_END.length).equals(JPEG_END);
  }

  /** Its list of contents is the last thing in it, and stands where the list itself says. */
  private endsAsPackage(): boolean {
    const record = this.tail.subarray(-ZIP_END_BYTES);
    if (record.length < ZIP_END_BYTES || !record.subarray(0, ZIP_END.length).equals(ZIP_END)) return false;
    const listEnd = record.readUInt32LE(12) + record.readUInt32LE(16);
    const gap = this.total - ZIP_END_BYTES - listEnd;
    return record.readUInt16LE(20) === 0 && (gap === 0 || gap === ZIP64_END_BYTES);
  }

  private endsWith(end: Buffer): boolean {
    return this.tail.subarray(-end.length).equals(end);
  }
}

const partsIn =
  (bytes: Buffer) =>
  (part: string): boolean =>
    bytes.includes(part);

const isPackage = ({ mediaType }: AttachmentKind): boolean => /openxmlformats|opendocument/.test(mediaType);
