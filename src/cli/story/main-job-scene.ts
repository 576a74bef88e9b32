import type { RegistrationResponse } from '../../registry/registration.dto.js';
import type { Person } from './person.js';

export const MUNICIPALITY = '016314';

export interface Cast {
  readonly reviewer: Person;
  readonly secondReviewer: Person;
  readonly clerk: Person;
  readonly stranger: Person;
}

export interface Scene {
  readonly registration: RegistrationResponse;
  readonly etag: string | null;
  readonly oldMailbox: string;
  readonly newMailbox: string;
}

/** What the clerk types: another mailbox, another person, another extension. */
export function proposal({ registration, newMailbox }: Scene, address: string): unknown {
  const { mainPhone, primaryDepartmentId, departments, contacts } = registration;
  const [firstContact, ...otherContacts] = contacts;
  return {
    proposed: {
      mainPhone,
      primaryDepartmentId,
      departments: departments.map((department) =>
        department.id === primaryDepartmentId ? { ...department, email: newMailbox, address } : department,
      ),
      contacts: [
        {
          ...(firstContact ?? { id: 'new-1', departmentId: primaryDepartmentId, email: null }),
          role: 'primary',
          name: '髙﨑 真理',
          kana: 'たかさき まり',
          title: `主査（${newMailbox.split('@', 1)[0]}）`,
          extension: '534',
        },
        ...otherContacts,
      ],
    },
    comment: '人事異動によるものです。',
  };
}
