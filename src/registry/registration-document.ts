/**
 * The registration as people see and propose it: a plain value. Departments and contacts are known by their
 * ids, never by their position, so that pointers stay true while others are added or removed.
 */
export interface RegistrationDocument {
  /** 代表電話 of the town hall. */
  readonly mainPhone: string;
  /** Id of 主な担当部署, one of `departments`. */
  readonly primaryDepartmentId: string;
  readonly departments: readonly DepartmentDocument[];
  readonly contacts: readonly ContactDocument[];
}

/** 担当部署 */
export interface DepartmentDocument {
  readonly id: string;
  readonly name: string;
  readonly kana: string | null;
  /** 所属アドレス, the shared mailbox. */
  readonly email: string;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
}

/** 担当者 */
export interface ContactDocument {
  readonly id: string;
  readonly departmentId: string;
  readonly name: string;
  readonly kana: string | null;
  readonly title: string | null;
  /** Own mailbox, where there is one beside the shared one. */
  readonly email: string | null;
  readonly extension: string | null;
  readonly role: ContactRole;
}

/** 正 or 副. */
export const CONTACT_ROLES = ['primary', 'deputy'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

export type DepartmentField = Exclude<keyof DepartmentDocument, 'id'>;
export type ContactField = Exclude<keyof ContactDocument, 'id'>;

/** In the order in which a sheet shows them; freshness is kept for each. */
export const DEPARTMENT_FIELDS = [
  'name',
  'kana',
  'email',
  'phone',
  'fax',
  'postalCode',
  'address',
] as const satisfies readonly DepartmentField[];

export const CONTACT_FIELDS = [
  'role',
  'name',
  'kana',
  'title',
  'email',
  'extension',
  'departmentId',
] as const satisfies readonly ContactField[];

/** @returns the JSON Pointer of every field whose freshness is kept */
export function pointersOf(document: RegistrationDocument): string[] {
  return [
    '/mainPhone',
    ...document.departments.flatMap(({ id }) =>
      DEPARTMENT_FIELDS.map((field) => `/departments/${id}/${field}`),
    ),
    ...document.contacts.flatMap(({ id }) =>
      CONTACT_FIELDS.filter((field) => field !== 'departmentId').map((field) => `/contacts/${id}/${field}`),
    ),
  ];
}

/** @returns every mailbox that is registered, each once (by lower case), departments first */
export function mailboxesOf(document: Pick<RegistrationDocument, 'departments' | 'contacts'>): string[] {
  const byKey = new Map<string, string>();
  const all = [
    ...document.departments.map(({ email }) => email),
    ...document.contacts.map(({ email }) => email),
  ];
  for (const email of all) {
    if (email !== null && !byKey.has(email.toLowerCase())) byKey.set(email.toLowerCase(), email);
  }
  return [...byKey.values()];
}
