import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { RegistrationsRepository } from '../../src/registry/registrations.repository.js';
import type { TestPortal } from '../setup/test-portal.js';

export interface TestRegistration {
  readonly id: string;
  readonly code: string;
  /** The shared mailbox of its primary department. */
  readonly mailbox: string;
  readonly document: RegistrationDocument;
}

/** Real municipalities for tests to register. */
export const CODES = {
  otofuke: '016314',
  yusuhara: '394050',
  totsukawa: '294497',
  takasaki: '102024',
} as const;

/** A plausible registration; its mailboxes are all under one host of its own. */
export function buildDocument(
  host: string,
  changes: Partial<RegistrationDocument> = {},
): RegistrationDocument {
  const departmentId = uuidv7();
  return {
    mainPhone: '0155-00-2110',
    primaryDepartmentId: departmentId,
    departments: [
      {
        id: departmentId,
        name: '企画課',
        kana: 'きかくか',
        email: `kikaku@${host}`,
        phone: '0155-00-2111',
        fax: null,
        postalCode: '080-0198',
        address: '北海道河東郡音更町元町2',
      },
    ],
    contacts: [
      {
        id: uuidv7(),
        departmentId,
        name: '佐藤 健一',
        kana: 'さとう けんいち',
        title: '企画調整係長',
        email: null,
        extension: '521',
        role: 'primary',
      },
      {
        id: uuidv7(),
        departmentId,
        name: '髙﨑 由美',
        kana: 'たかさき ゆみ',
        title: null,
        email: `takasaki@${host}`,
        extension: null,
        role: 'deputy',
      },
    ],
    ...changes,
  };
}

/** Writes a registration as it stands after an import: version 1, nothing confirmed, no mail. */
export async function createRegistration(
  { app }: TestPortal,
  code: string = CODES.otofuke,
  document: RegistrationDocument = buildDocument(`t${code}.example`),
): Promise<TestRegistration> {
  const id = uuidv7();
  const repository = app.get(RegistrationsRepository);
  await app.get(Database).asSystem('test', async (tx) => {
    await repository.insert(tx, id, code, document);
    await repository.putDepartments(tx, id, document.departments, tx.today);
    await repository.putContacts(tx, id, document.contacts, tx.today);
    await repository.insertVersion(tx, id, {
      version: 1,
      document,
      changes: [],
      effectiveOn: tx.today,
      cause: 'import',
      changeRequestId: null,
      proposedBy: '名簿',
      decidedBy: null,
    });
  });
  const mailbox = document.departments[0]?.email ?? '';
  return { id, code, mailbox, document };
}

/** Changes the registration under whatever waits for it, as an import does. */
export async function moveRegistration(
  { app }: TestPortal,
  before: Pick<TestRegistration, 'id' | 'document'>,
  document: RegistrationDocument,
  baseVersion = 1,
): Promise<void> {
  await app.get(Database).asSystem('test', (tx) =>
    app.get(RegistrationsService).apply(tx, {
      registrationId: before.id,
      baseVersion,
      document,
      changes: diffRegistrations(before.document, document),
      cause: 'import',
      changeRequestId: null,
      proposedBy: '名簿',
      decidedBy: null,
    }),
  );
}
