/** Codes of markers (ITU-T T.81, B.1.1.3), each behind a byte FF. */
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
/** Those without a length: a restart within a scan, and TEM. */
const isBare = (code: number): boolean => (code >= 0xd0 && code <= START) || code === 0x01;
/** Within a scan: a byte FF that is data, a restart. */
const isData = (code: number): boolean => code === 0x00 || (code >= 0xd0 && code <= 0xd7);

/** What would be read as a page, wherever it stands. */
const MARKUP = /<(?:script|html|body|iframe|svg|!doctype)/i;
/** The list of what Samsung's cameras append: its beginning, and its end with the list's length in front. */
const SAMSUNG_LIST = 'SEFH';
const SAMSUNG_END = 'SEFT';
const SAMSUNG_END_BYTES = 8;
/** A video, which other cameras append: the zeros before it are like any, and then comes a byte of its length. */
const VIDEO = /^.ftyp/s;
/** Such a list is short. Also more than what markup begins with. */
const TAIL_BYTES = 4_096;

type Place = 'marker' | 'code' | 'length' | 'segment' | 'scan' | 'scan-code' | 'behind' | 'next' | 'appendix';

/**
 * Reads where a JPEG ends, while it passes. Behind it may stand what cameras put there: more pictures (CIPA DC-007), a
 * video, Samsung's own list, zeros. Anything else hides there.
 */
export class JpegReader {
  private place: Place = 'marker';
  private code = 0;
  private length: number[] = [];
  private left = 0;
  private appendixHead = '';
  private appendixTail = '';
  private hasMarkup = false;

  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at = this.step(bytes, at);
  }

  /** @returns whether all that came is whole pictures, and what cameras add */
  isWhole(): boolean {
    if (this.place === 'behind') return true;
    if (this.place !== 'appendix' || this.hasMarkup) return false;
    return VIDEO.test(this.appendixHead) || endsWithList(this.appendixTail);
  }

  /** @returns where to go on */
  private step(bytes: Buffer, at: number): number {
    const byte = bytes[at] as number;
    switch (this.place) {
      case 'marker':
      case 'scan':
        return this.seekMarker(bytes, at);
      case 'code':
      case 'scan-code':
        if (byte !== 0xff) this.readCode(byte);
        return at + 1;
      case 'length':
        this.readLength(byte);
        return at + 1;
      case 'segment':
        return this.skipSegment(bytes, at);
      default:
        this.place = this.placeBehind(byte);
        if (this.place !== 'appendix') return at + 1;
        this.append(bytes.subarray(at));
        return bytes.length;
    }
  }

  /** Behind a picture only another one begins, after zeros; bytes FF may fill up before a marker. */
  private placeBehind(byte: number): Place {
    if (this.place === 'behind' && byte === 0) return 'behind';
    if (this.place !== 'appendix' && byte === 0xff) return 'next';
    return this.place === 'next' && byte === START ? 'marker' : 'appendix';
  }

  /** What stands between segments is skipped, as every reader does. */
  private seekMarker(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(0xff, at);
    if (found === -1) return bytes.length;
    this.place = this.place === 'scan' ? 'scan-code' : 'code';
    return found + 1;
  }

  private readCode(code: number): void {
    if (this.place === 'scan-code' && isData(code)) this.place = 'scan';
    else if (code === END) this.place = 'behind';
    else if (code === 0x00 || isBare(code)) this.place = 'marker';
    else {
      this.place = 'length';
      this.code = code;
      this.length = [];
    }
  }

  private readLength(byte: number): void {
    this.length.push(byte);
    const [high = 0, low] = this.length;
    if (low === undefined) return;
    // The length counts itself.
    this.left = Math.max(high * 256 + low - 2, 0);
    this.leaveSegment();
  }

  private skipSegment(bytes: Buffer, at: number): number {
    const skipped = Math.min(this.left, bytes.length - at);
    this.left -= skipped;
    this.leaveSegment();
    return at + skipped;
  }

  private leaveSegment(): void {
    if (this.left > 0) this.place = 'segment';
    else this.place = this.code === SCAN ? 'scan' : 'marker';
  }

  private append(bytes: Buffer): void {
    const text = this.appendixTail + bytes.toString('latin1');
    this.hasMarkup ||= MARKUP.test(text);
    this.appendixHead = (this.appendixHead + bytes.toString('latin1', 0, 8)).slice(0, 8);
    this.appendixTail = withoutZerosBehind(text).slice(-TAIL_BYTES);
  }
}

function withoutZerosBehind(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\0') end -= 1;
  return text.slice(0, end);
}

function endsWithList(appendix: string): boolean {
  if (!appendix.endsWith(SAMSUNG_END)) return false;
  const bytes = Buffer.from(appendix, 'latin1');
  if (bytes.length < SAMSUNG_END_BYTES) return false;
  const end = bytes.length - SAMSUNG_END_BYTES;
  const begin = end - bytes.readUInt32LE(end);
  return begin >= 0 && bytes.toString('latin1', begin, begin + SAMSUNG_LIST.length) === SAMSUNG_LIST;
}
