import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import * as fc from 'fast-check';
import { DomainError } from './domain-error.js';
import { CodeField, EmailField, Omissible, PhoneField, PostalCodeField, TextField } from './fields.js';
import { PageQuery } from './page.dto.js';
import { createValidationPipe } from './validation.js';

class Department {
  @TextField({ max: 10 })
  name: string;

  @Omissible()
  @TextField({ max: 20, nullable: true })
  kana: string | null = null;

  @EmailField()
  email: string;

  @Omissible()
  @PhoneField({ nullable: true })
  phone: string | null = null;

  @Omissible()
  @PostalCodeField({ nullable: true })
  postalCode: string | null = null;
}

class Sheet {
  @Omissible()
  @CodeField(8)
  code?: string;

  @Omissible()
  @TextField({ max: 100, multiline: true, nullable: true })
  comment: string | null = null;

  @Omissible()
  @IsIn(['primary', 'deputy'])
  role?: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @IsObject({ each: true })
  @Type(() => Department)
  @IsArray()
  departments: Department[];
}

const pipe = createValidationPipe();
const kikaku = { name: '企画課', email: 'kikaku@town-yusuhara.example' };
const sheet = { departments: [kikaku] };

/** As Fastify hands it over: parsed JSON, where `__proto__` is a key like any other. */
const asSent = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

const read = (body: unknown, metatype: typeof Sheet | typeof PageQuery = Sheet): Promise<unknown> =>
  pipe.transform(body, { type: 'body', metatype });

/** Each field that is wrong, with its code. */
async function errorsOf(body: unknown, metatype: typeof Sheet | typeof PageQuery = Sheet): Promise<string[]> {
  try {
    await read(body, metatype);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid') throw error;
    return (error.details.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

async function messagesOf(body: unknown): Promise<string[]> {
  const error: unknown = await read(body).catch((refusal: unknown) => refusal);
  return ((error as DomainError).details.errors ?? []).map(({ message }) => message);
}

/** What becomes of one field of a department that is otherwise right. */
async function stored(field: keyof Department, value: unknown): Promise<unknown> {
  const { departments } = (await read(asSent({ departments: [{ ...kikaku, [field]: value }] }))) as Sheet;
  return departments[0]?.[field];
}

const verdictOn = (field: keyof Department, value: unknown): Promise<string[]> =>
  errorsOf({ departments: [{ ...kikaku, [field]: value }] });

const storedCode = async (code: string): Promise<unknown> => ((await read({ ...sheet, code })) as Sheet).code;

describe('the shape of a body', () => {
  it('fills in what may be left out', async () => {
    expect(await read(sheet)).toEqual({
      comment: null,
      departments: [{ ...kikaku, kana: null, phone: null, postalCode: null }],
    });
  });

  it.each([null, [], 'text', 1, true])('refuses %j in place of an object', async (body) => {
    await expect(read(body)).rejects.toThrow(expect.objectContaining({ code: 'invalid', status: 422 }));
  });

  it('names an unknown field, also within a list', async () => {
    const body = { ...sheet, admin: true, departments: [{ ...kikaku, id: 1 }] };
    expect((await errorsOf(body)).toSorted()).toEqual([
      '/admin unknown-field',
      '/departments/0/id unknown-field',
    ]);
  });

  it('escapes the name of a field in its pointer', async () => {
    expect(await errorsOf({ ...sheet, 'a/b~c': 1 })).toEqual(['/a~1b~0c unknown-field']);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'lets %s do no harm',
    async (key) => {
      const body = JSON.parse(
        `{"departments":[{"name":"企画課","email":"a@x.example"}],"${key}":{"polluted":1}}`,
      );
      const outcome: unknown = await read(body).catch((error: unknown) => error);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect((outcome as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(Object.getPrototypeOf(outcome)).toBe(
        outcome instanceof DomainError ? DomainError.prototype : Sheet.prototype,
      );
    },
  );

  it.each([
    ['left out', undefined, '/departments type'],
    ['null', null, '/departments type'],
    ['a text', 'abc', '/departments type'],
    ['an object', { 0: kikaku }, '/departments type'],
    ['empty', [], '/departments too-few'],
    ['too long', Array.from({ length: 4 }, () => kikaku), '/departments too-many'],
    ['of texts', ['企画課'], '/departments type'],
    ['of null', [null], '/departments type'],
    ['of lists', [[kikaku]], '/departments type'],
  ])('refuses a list that is %s', async (_, departments, error) => {
    expect(await errorsOf({ departments })).toContain(error);
  });

  it('points at the item of a list that is wrong, one error a field', async () => {
    const departments = [kikaku, { name: '', email: 'kikaku' }];
    expect(await errorsOf({ departments })).toEqual([
      '/departments/1/name required',
      '/departments/1/email email',
    ]);
  });

  it('says in Japanese what to do', async () => {
    const departments = [{ ...kikaku, name: '檮'.repeat(11), phone: 'なし', postalCode: '1' }];
    expect(await messagesOf({ departments, role: 'boss', admin: true, code: '1' })).toEqual(
      expect.arrayContaining([
        'この項目は受け付けていません。',
        'コードは、8桁の数字で入力してください。',
        '決められた値から選んでください。',
        '10文字以内で入力してください。',
        '電話番号は、数字とハイフンで入力してください。例：0155-00-1234',
        '郵便番号は、7桁の数字で入力してください。例：080-0198',
      ]),
    );
  });
});

describe('a text', () => {
  it.each([
    ['blanks around it', ' 　企画課　 ', '企画課'],
    ['rare forms of characters', '檮原町髙﨑', '檮原町髙﨑'],
    ['characters beyond 16 bits', '𠮷野課', '𠮷野課'],
    ['blanks within', '企画　課', '企画　課'],
  ])('with %s', async (_, typed, kept) => {
    expect(await stored('name', typed)).toBe(kept);
  });

  it.each([
    ['NUL', '企画\0課', 'control-character'],
    ['a tab', '企画\t課', 'control-character'],
    ['an inner line end', '企画\n課', 'control-character'],
    ['CRLF at its end', '企画課\r\n', 'control-character'],
    ['a bidirectional override', '企画\u202e課', 'control-character'],
    ['the first half of a character', '企画\ud842', 'not-well-formed'],
    ['the second half of a character', '\udfb7企画', 'not-well-formed'],
    ['too many characters', '檮'.repeat(11), 'too-long'],
    ['nothing', '', 'required'],
    ['blanks alone', ' 　', 'required'],
    ['null', null, 'required'],
    ['a list', ['企画課'], 'type'],
    ['a list of lists', [[['企画課']]], 'type'],
    ['an object', { toString: '企画課' }, 'type'],
    ['a number', 1, 'type'],
    ['true', true, 'type'],
  ])('refuses %s', async (_, typed, code) => {
    expect(await verdictOn('name', typed)).toEqual([`/departments/0/name ${code}`]);
  });

  it('is measured in characters', async () => {
    expect(await verdictOn('name', '𠮷'.repeat(10))).toEqual([]);
  });

  it('that is left out is asked for', async () => {
    expect(await errorsOf({ departments: [{ email: kikaku.email }] })).toEqual([
      '/departments/0/name required',
    ]);
  });

  it.each([null, '', ' 　'])('that may be missing is so when it is %j', async (typed) => {
    expect(await stored('kana', typed)).toBeNull();
  });

  it('of several lines has line ends of one kind', async () => {
    expect(await read({ ...sheet, comment: '\r\n4月1日付けの\r\n人事異動です。\r\n' })).toMatchObject({
      comment: '4月1日付けの\n人事異動です。',
    });
    expect(await errorsOf({ ...sheet, comment: '人事\0異動' })).toEqual(['/comment control-character']);
  });

  it('of any kind is kept as it is or refused, never mended within', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 12 }), async (typed) => {
        const kept = await stored('name', typed).catch(() => typed.replace(/^[ \u3000]+|[ \u3000]+$/g, ''));
        expect(kept).toBe(typed.replace(/^[ \u3000]+|[ \u3000]+$/g, ''));
      }),
    );
  });

  it.each(['name', 'email', 'phone', 'postalCode'] as const)(
    'in %s is refused quickly, however many blanks are in it',
    async (field) => {
      const started = performance.now();
      expect(await verdictOn(field, `a${' '.repeat(50_000)}a`)).toHaveLength(1);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

describe('an e-mail address', () => {
  it.each([
    ['kikaku@town-yusuhara.example', 'kikaku@town-yusuhara.example'],
    ['ａ＠ｂ．ｅｘａｍｐｌｅ', 'a@b.example'],
    [' 　Kikaku@Town-Yusuhara.example 　', 'Kikaku@Town-Yusuhara.example'],
  ])('%j is stored as %s', async (typed, kept) => {
    expect(await stored('email', typed)).toBe(kept);
  });

  it.each([
    'a@x.example,b@y.example',
    'a@x.example;b@y.example',
    'a@x.example b@y.example',
    'x <b@y.example>',
    '"a@x.example" <b@y.example>',
    'a@x.example\r\nBcc: b@y.example',
    'a@x.example\nb@y.example',
    'a\0@x.example',
    '企画@x.example',
    'a@企画.example',
    'a@x',
    'a@@x.example',
    `${'a'.repeat(65)}@x.example`,
    '\ud842@x.example',
  ])('%j is refused', async (typed) => {
    expect(await verdictOn('email', typed)).toEqual(['/departments/0/email email']);
  });

  it.each([
    ['', 'required'],
    ['　', 'required'],
    [null, 'required'],
    [['a@x.example'], 'type'],
    [{ address: 'a@x.example' }, 'type'],
    [1, 'type'],
  ])('%j is refused for what it is', async (typed, code) => {
    expect(await verdictOn('email', typed)).toEqual([`/departments/0/email ${code}`]);
  });
});

describe('a telephone number', () => {
  it.each([
    ['0889-00-1111', '0889-00-1111'],
    ['０８８９－００－１１１１', '0889-00-1111'],
    ['0889ー00ー1111', '0889-00-1111'],
    ['0889ｰ00ｰ1111', '0889-00-1111'],
    ['0889−00−1111', '0889-00-1111'],
    ['0889―00―1111', '0889-00-1111'],
    ['０８８９（００）１１１１', '0889(00)1111'],
    ['　0889-00-1111　', '0889-00-1111'],
    ['+81 889 00 1111', '+81 889 00 1111'],
    ['', null],
    [null, null],
  ])('%j is stored as %j', async (typed, kept) => {
    expect(await stored('phone', typed)).toBe(kept);
  });

  it.each(['なし', '0889-00-1111（直通）', '0889-00-1111\r\n', '０８８９一００', '1', '-'.repeat(10)])(
    '%j is refused',
    async (typed) => {
      expect(await verdictOn('phone', typed)).toHaveLength(1);
    },
  );

  it.each([[['0889-00-1111']], [{}], [889001111]])('%j is refused for what it is', async (typed) => {
    expect(await verdictOn('phone', typed)).toEqual(['/departments/0/phone type']);
  });
});

describe('a postal code', () => {
  it.each([
    ['785-0695', '785-0695'],
    ['7850695', '785-0695'],
    ['〒785-0695', '785-0695'],
    ['〒 785-0695', '785-0695'],
    ['７８５－０６９５', '785-0695'],
    ['７８５ー０６９５', '785-0695'],
    ['　785-0695　', '785-0695'],
    ['', null],
  ])('%j is stored as %j', async (typed, kept) => {
    expect(await stored('postalCode', typed)).toBe(kept);
  });

  it.each(['785-069', '7850-695', '785-0695\n', 'abc-defg', '〒'])('%j is refused', async (typed) => {
    expect(await verdictOn('postalCode', typed)).toHaveLength(1);
  });
});

describe('a code', () => {
  it.each([
    '48217736',
    '4821 7736',
    '4821-7736',
    '４８２１　７７３６',
    '4821－7736',
    '4821ー7736',
    ' 4821 7736\r\n',
  ])('%j is read', async (typed) => {
    expect(await storedCode(typed)).toBe('48217736');
  });

  it('keeps its leading zeros', async () => {
    expect(await storedCode('0021 7736')).toBe('00217736');
  });

  it.each([
    ['4821 773', 'format'],
    ['4821 7736 0', 'too-long'],
    ['4821 773a', 'format'],
    ['', 'required'],
    [null, 'required'],
    [48217736, 'type'],
    [['48217736'], 'type'],
  ])('%j is refused', async (typed, code) => {
    expect(await errorsOf({ ...sheet, code: typed })).toEqual([`/code ${code}`]);
  });
});

describe('the query of a list', () => {
  it.each([
    [{}, 50],
    [{ limit: '1' }, 1],
    [{ limit: '2000' }, 2000],
  ])('%j asks for %d', async (query, limit) => {
    expect(await read(query, PageQuery)).toMatchObject({ limit });
  });

  it.each(['0', '2001', '-1', '1.5', 'all', '', '1e9', ['1', '2'], { a: '1' }])(
    'refuses a limit of %j',
    async (limit) => {
      expect(await errorsOf({ limit }, PageQuery)).toEqual([
        expect.stringMatching(/^\/limit (type|out-of-range)$/),
      ]);
    },
  );

  it('refuses two cursors', async () => {
    expect(await errorsOf({ cursor: ['a', 'b'] }, PageQuery)).toEqual(['/cursor type']);
  });
});
