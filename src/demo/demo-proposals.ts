import type { ContactDto, DepartmentDto } from '../registry/registration.dto.js';

interface Sheet {
  mainPhone: string;
  primaryDepartmentId: string;
  departments: DepartmentDto[];
  contacts: ContactDto[];
}

/** A change request that waits when the demo begins. */
export interface DemoProposal {
  readonly comment: string | null;
  /** Whether its new mailboxes have answered. */
  readonly verified: boolean;
  readonly change: (sheet: Sheet) => Sheet;
}

const first = <T>(items: readonly T[]): T => items[0] as T;

/** Replaces the first contact of the sheet, or adds one where there is none. */
function replaceFirstContact(sheet: Sheet, person: Pick<ContactDto, 'name' | 'kana' | 'title'>): Sheet {
  const [contact, ...others] = sheet.contacts;
  const replaced: ContactDto = contact
    ? { ...contact, ...person, email: null }
    : {
        id: 'new-1',
        departmentId: first(sheet.departments).id,
        email: null,
        extension: '210',
        role: 'primary',
        ...person,
      };
  return { ...sheet, contacts: [replaced, ...others] };
}

const withMailbox = (sheet: Sheet, local: string): Sheet => ({
  ...sheet,
  departments: sheet.departments.map((department, index) =>
    index === 0 ? { ...department, email: `${local}@${department.email.split('@')[1]}` } : department,
  ),
});

/** Some of each kind: people, a mailbox that has answered, one that hasn't, an added and a removed person. */
export const DEMO_PROPOSALS: ReadonlyMap<string, DemoProposal> = new Map<string, DemoProposal>([
  [
    '016331', // 上士幌町
    {
      comment: '人事異動により担当者が代わりました。',
      verified: true,
      change: (sheet) =>
        replaceFirstContact(sheet, { name: '髙﨑 澪里', kana: 'たかさき みおり', title: '主査' }),
    },
  ],
  [
    '016349', // 鹿追町
    {
      comment: null,
      verified: true,
      change: (sheet) => withMailbox(sheet, 'chosei'),
    },
  ],
  [
    '102024', // 高崎市
    {
      comment: '課の共有アドレスが変わりました。',
      verified: false,
      change: (sheet) => withMailbox(sheet, 'renkei-suishin'),
    },
  ],
  [
    '193658', // 身延町
    {
      comment: null,
      verified: true,
      change: (sheet) => ({ ...sheet, mainPhone: '0556-00-9001' }),
    },
  ],
  [
    '263664', // 精華町
    {
      comment: '副担当を置くことにしました。',
      verified: true,
      change: (sheet) => ({
        ...sheet,
        contacts: [
          ...sheet.contacts,
          {
            id: 'new-1',
            departmentId: first(sheet.departments).id,
            name: '檜垣 悠生',
            kana: 'ひがき ゆうせい',
            title: '主事',
            email: null,
            extension: '318',
            role: 'deputy',
          },
        ],
      }),
    },
  ],
]);
