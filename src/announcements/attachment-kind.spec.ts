import { DomainError } from '../platform/http/domain-error.js';
import { AttachmentInspection } from './attachment-inspection.js';
import { assertNameOfSomeKind } from './attachment-kind.js';

const text = (words: string): Buffer => Buffer.from(words);

/** An entry of a zip that isn't compressed; checksums are nobody's business here. */
function zip(entries: Readonly<Record<string, string>>, before = ''): Buffer {
  const lists: Buffer[] = [];
  const parts: Buffer[] = [Buffer.from(before, 'latin1')];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(20, 4);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const listed = Buffer.alloc(46);
    listed.write('PK\x01\x02', 'latin1');
    listed.writeUInt32LE(content.length, 20);
    listed.writeUInt32LE(content.length, 24);
    listed.writeUInt16LE(name.length, 28);
    listed.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name + content, 'latin1'));
    lists.push(listed, Buffer.from(name, 'latin1'));
    at += 30 + name.length + content.length;
  }
  const list = Buffer.concat(lists);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const OOXML = 'application/vnd.openxmlformats-officedocument';
const typesOf = (main: string): string =>
  `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="${main}.main+xml"/></Types>`;
const WORD = typesOf(`${OOXML}.wordprocessingml.document`);
const docx = zip({ '[Content_Types].xml': WORD, 'word/document.xml': '<w/>' });
const docxOfLibreOffice = zip({
  '_rels/.rels': 'x'.repeat(9_000),
  'word/document.xml': '<w/>',
  '[Content_Types].xml': WORD,
});
const xlsx = zip({
  '[Content_Types].xml': typesOf(`${OOXML}.spreadsheetml.sheet`),
  'xl/workbook.xml': '<x/>',
});
const pptx = zip({
  '[Content_Types].xml': typesOf(`${OOXML}.presentationml.presentation`),
  'ppt/presentation.xml': '<p/>',
});
const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<o/>' });
const ods = zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' });
const odp = zip({ mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '<o/>' });

const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj\n%%EOF\n');
const png = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082',
  'hex',
);
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(50, 1),
  Buffer.from('ffd9', 'hex'),
]);
/** With segments and a scan, in which FF 00 is data; its thumbnail's end isn't its own. */
const picture = Buffer.concat([
  Buffer.from('ffd8ffe10008ffd8ffd90000ffda0003', 'hex'),
  Buffer.from('01ff00ffd101020304', 'hex'),
  Buffer.from('ffd9', 'hex'),
]);
/** As Samsung's cameras end: entries, their list, how long that is. */
const samsung = (entry: string): Buffer =>
  Buffer.concat([
    Buffer.from('0000010a0e000000', 'hex'),
    text(`Image_UTC_Data${entry}`),
    text('SEFH'),
    Buffer.from('6b00000001000000', 'hex'),
    Buffer.from('0c000000', 'hex'),
    text('SEFT'),
  ]);
const video = Buffer.concat([Buffer.from('0000001c', 'hex'), text('ftypisom'), Buffer.alloc(70_000, 5)]);
const sjis = Buffer.from('93fa967b8cea0d0a', 'hex');
const cfb = Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex');

async function inspect(name: string, file: Buffer, portion = file.length): Promise<string> {
  try {
    const inspection = new AttachmentInspection(name);
    for (let at = 0; at < file.length; at += portion) await inspection.push(file.subarray(at, at + portion));
    return await inspection.finish();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('what a file is', () => {
  it.each<[string, Buffer, string]>([
    ['a.pdf', pdf, 'application/pdf'],
    ['a.PDF', pdf, 'application/pdf'],
    ['a.docx', docx, `${OOXML}.wordprocessingml.document`],
    ['a.docx', docxOfLibreOffice, `${OOXML}.wordprocessingml.document`],
    [
      'a.docx',
      zip({
        '[Content_Types].xml': WORD,
        'word/document2.xml': '<w/>',
        'word/media/image1.svg': '<svg/>',
        'word/embeddings/oleObject1.bin': 'x',
        'word/afchunk.htm': '<p>',
      }),
      `${OOXML}.wordprocessingml.document`,
    ],
    ['a.xlsx', xlsx, `${OOXML}.spreadsheetml.sheet`],
    ['a.pptx', pptx, `${OOXML}.presentationml.presentation`],
    ['a.odt', odt, 'application/vnd.oasis.opendocument.text'],
    ['a.ods', ods, 'application/vnd.oasis.opendocument.spreadsheet'],
    ['a.odp', odp, 'application/vnd.oasis.opendocument.presentation'],
    ['a.png', png, 'image/png'],
    ['a.jpg', jpeg, 'image/jpeg'],
    ['a.jpeg', Buffer.concat([jpeg, Buffer.alloc(40)]), 'image/jpeg'],
    ['a.jpg', picture, 'image/jpeg'],
    ['a.jpg', Buffer.concat([picture, samsung('1609459200000')]), 'image/jpeg'],
    ['a.jpg', Buffer.concat([picture, samsung('x'.repeat(200_000)), Buffer.alloc(20)]), 'image/jpeg'],
    ['a.jpg', Buffer.concat([picture, Buffer.alloc(100), picture, Buffer.alloc(30)]), 'image/jpeg'],
    ['a.jpg', Buffer.concat([picture, picture, picture, samsung('')]), 'image/jpeg'],
    ['a.jpg', Buffer.concat([picture, video]), 'image/jpeg'],
    ['a.txt', text('日本語\r\n\tと𠮷'), 'text/plain; charset=utf-8'],
    ['a.txt', text('plain'), 'text/plain; charset=utf-8'],
    ['a.csv', text('\ufeff名前,数\n町,1\n'), 'text/csv; charset=utf-8'],
    ['a.csv', sjis, 'text/csv; charset=shift_jis'],
    ['a.csv', text('BM推進計画,1\n'), 'text/csv; charset=utf-8'],
    ['a.csv', text('<見出し>,1\n'), 'text/csv; charset=utf-8'],
    // No browser sees it as anything but text.
    ['a.txt', text('本文 <script>alert(1)</script>'), 'text/plain; charset=utf-8'],
  ])('%s %#: %s', async (name, file, found) => {
    const portions = file.length > 20_000 ? [file.length, 997] : [file.length, 1, 7];
    for (const portion of portions) expect(await inspect(name, file, portion)).toBe(found);
  });

  it.each<[string, string, Buffer, string]>([
    ['HTML called PDF', 'a.pdf', text('<!DOCTYPE html><script>alert(1)</script>'), 'attachment-kind'],
    ['HTML called text', 'a.txt', text(' \n<html>'), 'attachment-kind'],
    ['HTML behind a byte order mark', 'a.csv', text('\ufeff<script>'), 'attachment-kind'],
    ['SVG called PNG', 'a.png', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'attachment-kind'],
    ['XML', 'a.txt', text('<?xml version="1.0"?><a/>'), 'attachment-kind'],
    ['a program', 'a.pdf', Buffer.from('4d5a900003000000', 'hex'), 'attachment-kind'],
    ['old Office', 'a.docx', cfb, 'attachment-kind'],
    ['a plain zip', 'a.docx', zip({ 'readme.txt': 'x' }), 'attachment-kind'],
    ['RTF', 'a.docx', text('{\\rtf1 abc}'), 'attachment-kind'],
    ['a PDF behind something', 'a.pdf', Buffer.concat([text('\ufeff'), pdf]), 'attachment-kind'],
    ['a PDF behind a picture’s beginning', 'a.pdf', Buffer.concat([text('GIF89a'), pdf]), 'attachment-kind'],
    ['PDF called docx', 'a.docx', pdf, 'attachment-name-differs'],
    ['docx called xlsx', 'a.xlsx', docx, 'attachment-name-differs'],
    ['PDF called text', 'a.txt', pdf, 'attachment-name-differs'],
    ['text called PDF', 'a.pdf', text('ただの文'), 'attachment-name-differs'],
    ['NUL in text', 'a.txt', text('a\0b'), 'attachment-kind'],
    ['an escape sequence in text', 'a.txt', text('a\u001b[31m'), 'attachment-kind'],
    ['text in no encoding', 'a.txt', Buffer.from('82ff41', 'hex'), 'attachment-kind'],
    ['text cut within a character', 'a.csv', Buffer.from('41e6', 'hex'), 'attachment-kind'],
    ['NUL far back in text', 'a.txt', text(`${'あ'.repeat(50_000)}\0`), 'attachment-kind'],
    [
      'macros by their type',
      'a.docx',
      zip({ '[Content_Types].xml': typesOf('application/vnd.ms-word.document.macroEnabled') }),
      'attachment-macros',
    ],
    [
      'macros by their part',
      'a.docx',
      zip({ '[Content_Types].xml': WORD, 'word/document.xml': '', 'word/vbaProject.bin': 'x' }),
      'attachment-macros',
    ],
    [
      'macros far back',
      'a.xlsx',
      zip({
        '[Content_Types].xml': typesOf(`${OOXML}.spreadsheetml.sheet`),
        'xl/workbook.xml': 'x'.repeat(200_000),
        'xl/vbaProject.bin': 'x',
      }),
      'attachment-macros',
    ],
    [
      'macros by their part in other letters',
      'a.docx',
      zip({ '[Content_Types].xml': WORD, 'word/document.xml': '', 'word/VBAPROJECT.BIN': 'x' }),
      'attachment-macros',
    ],
    ...['Scripts/python/evil.py', 'scripts/beanshell/a/b.bsh', 'Scripts\\javascript\\a.js', '/Scripts/x'].map(
      (part): [string, string, Buffer, string] => [
        `macros of LibreOffice in ${part}`,
        'a.odt',
        zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<o/>', [part]: 'x' }),
        'attachment-macros',
      ],
    ),
    ...['evil.exe', 'word/media/x.JS', 'a/b.lnk', 'x.Hta'].map((part): [string, string, Buffer, string] => [
      `a package with ${part}`,
      'a.docx',
      zip({ '[Content_Types].xml': WORD, 'word/document.xml': '', [part]: 'x' }),
      'attachment-kind',
    ]),
    [
      'a zip that only mentions a document',
      'a.docx',
      zip({ '_rels/.rels': 'word/document.xml', 'readme.txt': 'PK\x01\x02 word/document' }),
      'attachment-damaged',
    ],
    [
      'a docx whose list leaves something out between',
      'a.docx',
      Buffer.concat([docx.subarray(0, -22), text('between'), docx.subarray(-22)]),
      'attachment-damaged',
    ],
    ['a PDF without end', 'a.pdf', pdf.subarray(0, 20), 'attachment-damaged'],
    ['a PDF with a long tail', 'a.pdf', Buffer.concat([pdf, Buffer.alloc(2_000)]), 'attachment-damaged'],
    [
      'a PDF that is a zip, too',
      'a.pdf',
      Buffer.concat([pdf, zip({ 'a.js': 'x' }), text('%%EOF')]),
      'attachment-damaged',
    ],
    ['a PNG that is a zip, too', 'a.png', Buffer.concat([png, docx]), 'attachment-damaged'],
    ['a PNG cut off', 'a.png', png.subarray(0, -3), 'attachment-damaged'],
    ['a JPEG that is a zip, too', 'a.jpg', Buffer.concat([jpeg, docx]), 'attachment-damaged'],
    ['a JPEG with HTML behind it', 'a.jpg', Buffer.concat([jpeg, text('<script>')]), 'attachment-damaged'],
    ...(
      [
        ['a ZIP', docx],
        ['HTML', text('<!DOCTYPE html><script>alert(1)</script>')],
        ['HTML and a picture’s end', Buffer.concat([text('<p>'), Buffer.from('ffd9', 'hex')])],
        ['a program', Buffer.from('4d5a900003000000', 'hex')],
        ['a PDF', pdf],
        ['Samsung’s end alone', text('SEFT')],
        ['Samsung’s end and no list', text('MZ......SEFT')],
        ['HTML in Samsung’s list', samsung(' <ScRiPt>alert(1)</script>')],
        ['HTML far into a video', Buffer.concat([video, text('<html>'), video])],
        ['a ZIP within a video', Buffer.concat([video, docx])],
        ['a picture cut off', picture.subarray(0, -1)],
        ['a picture and HTML', Buffer.concat([picture, text('<svg>')])],
      ] as const
    ).map(([what, behind]): [string, string, Buffer, string] => [
      `a JPEG with ${what} behind it`,
      'a.jpg',
      Buffer.concat([picture, behind]),
      'attachment-damaged',
    ]),
    ['a JPEG cut off in its scan', 'a.jpg', picture.subarray(0, -2), 'attachment-damaged'],
    ['a JPEG of zeros', 'a.jpg', Buffer.from('ffd8ff000000', 'hex'), 'attachment-damaged'],
    ['a docx cut off', 'a.docx', docx.subarray(0, -1), 'attachment-damaged'],
    ['a docx with something behind it', 'a.docx', Buffer.concat([docx, text('x')]), 'attachment-damaged'],
    ['a docx put before another', 'a.docx', Buffer.concat([docx, docx]), 'attachment-damaged'],
    ['a docx without its text', 'a.docx', zip({ '[Content_Types].xml': WORD }), 'attachment-damaged'],
  ])('%s: %#', async (_what, name, file, code) => {
    for (const portion of [file.length, 13]) expect(await inspect(name, file, portion)).toBe(code);
  });

  it('is told from the first bytes, before the rest has come', async () => {
    const push = (name: string, file: Buffer): Promise<void> => new AttachmentInspection(name).push(file);
    const wrong = Buffer.concat([text('<html>'), Buffer.alloc(5_000, 0x20)]);
    await expect(push('a.pdf', wrong)).rejects.toMatchObject({ code: 'attachment-kind' });
    const called = Buffer.concat([pdf, Buffer.alloc(5_000, 0x20)]);
    await expect(push('a.docx', called)).rejects.toMatchObject({
      code: 'attachment-name-differs',
      details: { extensions: { found: 'PDF', extensions: ['pdf'] } },
    });
  });
});

describe('a name', () => {
  it.each(['a.exe', 'a.html', 'a.svg', 'a.doc', 'a.jtd', 'a.docm', 'a.zip', 'README', 'pdf'])(
    'such as %s is refused before a byte has come',
    (name) => {
      expect(() => assertNameOfSomeKind(name)).toThrow(expect.objectContaining({ code: 'attachment-kind' }));
    },
  );

  it.each(['a.pdf', '要項.JPG', 'a.b.csv'])('such as %s is not', (name) => {
    expect(() => assertNameOfSomeKind(name)).not.toThrow();
  });
});
