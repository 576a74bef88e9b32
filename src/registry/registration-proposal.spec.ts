import type { DomainError } from '../platform/http/domain-error.js';
import type { ContactDto, DepartmentDto, ProposedRegistrationDto } from './registration.dto.js';
import type { RegistrationDocument } from './registration-document.js';
import { knownIdsOf, NO_KNOWN_IDS, resolveProposal } from './registration-proposal.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const KIKAKU = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e';
const TAKASAKI = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60';
const FOREIGN = '019aa0c8-7a5e-7cc0-8e5c-ffffffffffff';
const KNOWN = { departments: new Set([KIKAKU]), contacts: new Set([TAKASAKI]) };

const department = (id: string, name = '企画課'): DepartmentDto => ({
  id,
  name,
  kana: null,
  email: 'kikaku@town-yusuhara.example',
  phone: null,
  fax: null,
  postalCode: null,
  address: '高知県高岡郡檮原町檮原1444-1',
});

const contact = (id: string, departmentId: string, name = '髙﨑 澪里'): ContactDto => ({
  id,
  departmentId,
  name,
  kana: null,
  title: '主査',
  email: null,
  extension: '210',
  role: 'primary',
});

const proposal = (change: Partial<ProposedRegistrationDto> = {}): ProposedRegistrationDto => ({
  mainPhone: '0889-00-1110',
  primaryDepartmentId: KIKAKU,
  departments: [department(KIKAKU)],
  contacts: [contact(TAKASAKI, KIKAKU)],
  ...change,
});

/** What a person would be told: each pointer with its code. */
function errorsOf(input: ProposedRegistrationDto, root?: string): string[] {
  try {
    resolveProposal(input, KNOWN, root);
  } catch (error) {
    const { code, details } = error as DomainError;
    if (code !== 'invalid') throw error;
    return (details.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return [];
}

describe('resolveProposal', () => {
  it('takes a proposal with known ids as it is', () => {
    expect(resolveProposal(proposal(), KNOWN)).toEqual(proposal());
  });

  it('turns labels into fresh ids', () => {
    const { departments, contacts } = resolveProposal(
      proposal({
        primaryDepartmentId: 'new-1',
        departments: [department('new-1'), department('new-2', '総務課')],
        contacts: [contact('new-1', 'new-2')],
      }),
      NO_KNOWN_IDS,
    );
    const ids = [...departments, ...contacts].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(UUID_V7);
  });

  it('lets references follow the labels', () => {
    const resolved = resolveProposal(
      proposal({
        primaryDepartmentId: 'new-2',
        departments: [department(KIKAKU), department('new-2', '総務課')],
        contacts: [contact(TAKASAKI, 'new-2'), contact('new-1', KIKAKU, '川﨑 檮一')],
      }),
      KNOWN,
    );
    const somu = resolved.departments[1]?.id;
    expect(resolved.primaryDepartmentId).toBe(somu);
    expect(resolved.contacts.map(({ departmentId }) => departmentId)).toEqual([somu, KIKAKU]);
  });

  it('gives new ids every time', () => {
    const input = proposal({ contacts: [contact('new-1', KIKAKU)] });
    const [first, second] = [resolveProposal(input, KNOWN), resolveProposal(input, KNOWN)];
    expect(first.contacts[0]?.id).not.toBe(second.contacts[0]?.id);
  });

  it('keeps nothing that is not part of a registration', () => {
    const input = { ...proposal(), municipalityCode: '394050' };
    expect(Object.keys(resolveProposal(input, KNOWN)).toSorted()).toEqual([
      'contacts',
      'departments',
      'mainPhone',
      'primaryDepartmentId',
    ]);
  });

  it.each([
    ['an id', KIKAKU],
    ['a label', 'new-1'],
  ])('refuses %s that occurs twice, at the second one', (_, id) => {
    const input = proposal({
      primaryDepartmentId: id,
      departments: [department(id), department(id, '総務課')],
      contacts: [],
    });
    expect(errorsOf(input)).toEqual(['/departments/1/id duplicate']);
  });

  it('refuses a person who occurs twice', () => {
    const input = proposal({ contacts: [contact(TAKASAKI, KIKAKU), contact(TAKASAKI, KIKAKU)] });
    expect(errorsOf(input)).toEqual(['/contacts/1/id duplicate']);
  });

  it('takes the same label for a department and for a person as two things', () => {
    const input = proposal({
      primaryDepartmentId: 'new-1',
      departments: [department('new-1')],
      contacts: [contact('new-1', 'new-1')],
    });
    expect(errorsOf(input)).toEqual([]);
  });

  it.each([
    ['', '/primaryDepartmentId', '/contacts/0/departmentId'],
    ['/proposed', '/proposed/primaryDepartmentId', '/proposed/contacts/0/departmentId'],
  ])('names references to a department that is not in the proposal, below %j', (root, primary, person) => {
    const input = proposal({ primaryDepartmentId: 'new-9', contacts: [contact(TAKASAKI, 'new-9')] });
    expect(errorsOf(input, root)).toEqual([`${primary} unknown-department`, `${person} unknown-department`]);
  });

  it('refuses a person in a department that is to go', () => {
    const input = proposal({
      primaryDepartmentId: 'new-1',
      departments: [department('new-1')],
      contacts: [contact(TAKASAKI, KIKAKU)],
    });
    expect(errorsOf(input, '/proposed')).toEqual(['/proposed/contacts/0/departmentId unknown-department']);
  });

  it.each([
    ['department', proposal({ departments: [department(KIKAKU), department(FOREIGN)] })],
    ['person', proposal({ contacts: [contact(FOREIGN, KIKAKU)] })],
    ['person by the id of a department', proposal({ contacts: [contact(KIKAKU, KIKAKU)] })],
  ])('answers 404 for a %s that is not of this registration', (_, input) => {
    expect(() => resolveProposal(input, KNOWN)).toThrow(
      expect.objectContaining({ code: 'not-found', status: 404 }),
    );
  });
});

describe('knownIdsOf', () => {
  it('gathers the ids of several documents', () => {
    const first = resolveProposal(proposal(), KNOWN);
    const second: RegistrationDocument = { ...first, departments: [{ ...department('somu') }], contacts: [] };
    expect(knownIdsOf(first, second)).toEqual({
      departments: new Set([KIKAKU, 'somu']),
      contacts: new Set([TAKASAKI]),
    });
  });
});
