import type { ContactDocument, DepartmentDocument, RegistrationDocument } from './registration-document.js';
import { contactText, departmentText, registrationText } from './registration-text.js';

const kikaku: DepartmentDocument = {
  id: 'kikaku',
  name: '企画課',
  kana: 'きかくか',
  email: 'kikaku@town-yusuhara.example',
  phone: '0889-00-1111',
  fax: '0889-00-1117',
  postalCode: '785-0695',
  address: '高知県高岡郡檮原町檮原1444-1',
};
const somu: DepartmentDocument = {
  id: 'somu',
  name: '総務課',
  kana: null,
  email: 'somu@town-yusuhara.example',
  phone: null,
  fax: null,
  postalCode: null,
  address: null,
};
const takasaki: ContactDocument = {
  id: 'takasaki',
  departmentId: 'kikaku',
  name: '髙﨑 澪里',
  kana: 'たかさき みおり',
  title: '主査',
  email: 'takasaki@town-yusuhara.example',
  extension: '210',
  role: 'primary',
};
const kawasaki: ContactDocument = {
  id: 'kawasaki',
  departmentId: 'somu',
  name: '川﨑 檮一',
  kana: null,
  title: null,
  email: null,
  extension: null,
  role: 'deputy',
};

it('a department has one thing to a line, its mailbox on a line of its own', () => {
  expect(departmentText(kikaku)).toBe(
    [
      '企画課',
      '　ふりがな　きかくか',
      '　所属アドレス',
      '　　kikaku@town-yusuhara.example',
      '　電話　0889-00-1111',
      '　ファクス　0889-00-1117',
      '　〒785-0695',
      '　高知県高岡郡檮原町檮原1444-1',
    ].join('\n'),
  );
});

it('what a department does not have is not mentioned', () => {
  expect(departmentText(somu)).toBe('総務課\n　所属アドレス\n　　somu@town-yusuhara.example');
});

it('a person has one thing to a line, the mailbox on a line of its own', () => {
  expect(contactText(takasaki)).toBe(
    [
      '担当者（正）髙﨑 澪里',
      '　ふりがな　たかさき みおり',
      '　職名　主査',
      '　内線　210',
      '　メールアドレス',
      '　　takasaki@town-yusuhara.example',
    ].join('\n'),
  );
});

it('what a person does not have is not mentioned', () => {
  expect(contactText(kawasaki)).toBe('担当者（副）川﨑 檮一');
});

describe('the whole sheet', () => {
  const document: RegistrationDocument = {
    mainPhone: '0889-00-1110',
    primaryDepartmentId: 'somu',
    departments: [kikaku, somu],
    contacts: [takasaki, kawasaki],
  };
  const blocks = registrationText(document).split('\n\n');

  it('begins with the telephone and the primary department', () => {
    expect(blocks.map((block) => block.split('\n', 1)[0])).toEqual([
      '代表電話　0889-00-1110',
      '総務課（主な担当部署）',
      '企画課',
    ]);
  });

  it('has every person below their own department, set in', () => {
    expect(blocks[1]).toMatch(/\n　担当者（副）川﨑 檮一$/u);
    expect(blocks[2]).toContain('\n　担当者（正）髙﨑 澪里\n　　ふりがな　たかさき みおり\n');
  });
});
