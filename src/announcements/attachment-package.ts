/** The end of a zip's list of contents (APPNOTE 4.3.16). */
export const ZIP_END = Buffer.from('PK\x05\x06');
const ZIP_END_BYTES = 22;
/** What may stand between the list and its end: the same for large packages. */
const ZIP64_END_BYTES = 76;
/** An entry of the list (APPNOTE 4.3.12). */
const ENTRY = Buffer.from('PK\x01\x02');
const ENTRY_BYTES = 46;

/**
 * Reads what a zip holds from the list of contents at its end, as its readers do.
 *
 * @param tail its last bytes, with all of the list
 * @param total how long it is, bytes
 * @returns names in lower case with `/` between folders; null where the list isn't the last thing in it, doesn't stand
 *   where it says itself, or isn't a list
 */
export function partsOf(tail: Buffer, total: number): string[] | null {
  const at = tail.length - ZIP_END_BYTES;
  if (at < 0 || !tail.subarray(at, at + ZIP_END.length).equals(ZIP_END)) return null;
  const size = tail.readUInt32LE(at + 12);
  const gap = total - ZIP_END_BYTES - size - tail.readUInt32LE(at + 16);
  // No remark, which could hide another list.
  if (tail.readUInt16LE(at + 20) !== 0 || (gap !== 0 && gap !== ZIP64_END_BYTES)) return null;
  const end = at - gap;
  return end < size ? null : namesIn(tail.subarray(end - size, end));
}

function namesIn(list: Buffer): string[] | null {
  const names: string[] = [];
  let at = 0;
  while (at + ENTRY_BYTES <= list.length && list.subarray(at, at + ENTRY.length).equals(ENTRY)) {
    const nameEnd = at + ENTRY_BYTES + list.readUInt16LE(at + 28);
    names.push(folded(list.toString('latin1', at + ENTRY_BYTES, nameEnd)));
    at = nameEnd + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  return at === list.length ? names : null;
}

/** Names of parts tell no case apart (OPC, 6.2.2.3), and some readers take either slash. */
const folded = (name: string): string => name.toLowerCase().replaceAll('\\', '/').replace(/^\/+/, '');

/** Parts that hold programs of an office package: of Office, and of LibreOffice in its own and other languages. */
const MACROS = [
  /(?:^|\/)vba(?:project\.bin|data\.xml)$/,
  /^xl\/macrosheets\//,
  /^basic\/script-lc\.xml$/,
  /^scripts\/./,
];

/** What a desktop would start. Not SVG and HTML, which Office itself writes for icons and for text from elsewhere. */
const PROGRAM =
  /\.(?:apk|bat|chm|cmd|com|cpl|dll|dmg|exe|hta|jar|jse?|lnk|msi|msp|pif|ps1|psm1|py|reg|scr|sh|vbe|vbs|wsf|wsh)$/;

export const holdsMacros = (parts: readonly string[]): boolean =>
  parts.some((part) => MACROS.some((macro) => macro.test(part)));

/** @returns the extension of a program among them, or null */
export function programAmong(parts: readonly string[]): string | null {
  for (const part of parts) {
    const found = PROGRAM.exec(part);
    if (found) return found[0].slice(1);
  }
  return null;
}
