import { TextDecoder } from 'node:util';
import { DomainError } from '../platform/http/domain-error.js';
import { type AttachmentKind, hasControls, HEAD_BYTES, kindOf, notTaken } from './attachment-kind.js';
import { JpegReader } from './attachment-jpeg.js';
import { extensionOf } from './attachment-name.js';
import { holdsMacros, partsOf, programAmong, ZIP_END } from './attachment-package.js';

/** As far back as readers of zip look for the end of its list of contents; also how much is looked at at once. */
const SPAN_BYTES = 64 * 1024;

const PDF_END = Buffer.from('%%EOF');
const PDF_END_WITHIN = 1_024;
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');
/** As much of a package's end as can hold its list of contents: some ten thousand parts. */
const LIST_BYTES = 1024 * 1024;

/** Names of parts that hold programs, looked for while it passes; they are never compressed. In lower case. */
const MACRO_PARTS = ['vbaproject.bin', 'vbadata.xml', 'xl/macrosheets/', 'basic/script-lc.xml'];
const LONGEST_PART = Math.max(...MACRO_PARTS.map(({ length }) => length));
/** How the part is called without which a package isn't what it says. */
const MAIN_PARTS: Partial<Record<AttachmentKind['id'], string>> = {
  docx: 'word/document',
  xlsx: 'xl/workbook',
  pptx: 'ppt/presentation',
};

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
  /** The last of what was looked at, as far back as something may be asked of it. */
  private last: Buffer[] = [];
  private lastBytes = 0;
  private total = 0;
  private readonly jpeg = new JpegReader();
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
    else if (this.kind.id === 'jpeg') this.jpeg.push(bytes);
    else if (isPackage(this.kind)) this.seekMacros(bytes);
    this.total += bytes.length;
    this.keep(bytes, isPackage(this.kind) ? LIST_BYTES : SPAN_BYTES);
    return this.kind;
  }

  private keep(bytes: Buffer, atLeast: number): void {
    this.last.push(bytes);
    this.lastBytes += bytes.length;
    for (let [first] = this.last; first && this.lastBytes - first.length >= atLeast; [first] = this.last) {
      this.last.shift();
      this.lastBytes -= first.length;
    }
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

  /** Tells as soon as one has come; a name may lie across two portions. */
  private seekMacros(bytes: Buffer): void {
    const before = this.last.at(-1)?.subarray(-LONGEST_PART) ?? Buffer.alloc(0);
    const text = Buffer.concat([before, bytes]).toString('latin1').toLowerCase();
    if (MACRO_PARTS.some((part) => text.includes(part))) throw new DomainError('attachment-macros');
  }

  private endsAs(kind: AttachmentKind): boolean {
    const tail = Buffer.concat(this.last);
    if (isPackage(kind)) return this.endsAsPackage(kind, tail);
    // A zip may follow anything, or stand within it with the rest for its remark.
    if (tail.subarray(-SPAN_BYTES).includes(ZIP_END)) return false;
    if (kind.id === 'pdf') return tail.subarray(-PDF_END_WITHIN).includes(PDF_END);
    return kind.id === 'png' ? tail.subarray(-PNG_END.length).equals(PNG_END) : this.jpeg.isWhole();
  }

  private endsAsPackage({ id }: AttachmentKind, tail: Buffer): boolean {
    const parts = partsOf(tail, this.total);
    if (!parts) return false;
    if (holdsMacros(parts)) throw new DomainError('attachment-macros');
    const program = programAmong(parts);
    if (program !== null) throw notTaken(program);
    const main = MAIN_PARTS[id];
    return main === undefined || parts.some((part) => part.startsWith(main));
  }
}

const isPackage = ({ mediaType }: AttachmentKind): boolean => /openxmlformats|opendocument/.test(mediaType);
