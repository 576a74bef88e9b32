import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Registration } from '../registry/registration.entity.js';

/** What a new mailbox can be for. */
export const VERIFICATION_SUBJECTS = ['change-request', 'application', 'recovery'] as const;
export type VerificationSubject = (typeof VERIFICATION_SUBJECTS)[number];

/** A new mailbox that has to answer before what it is for goes on. */
@Entity('address_verification')
@Check(
  'address_verification_subject_is_known',
  `subject_kind IN ('change-request', 'application', 'recovery')`,
)
@Index('address_verification_subject_id', ['subjectId'])
@Index('address_verification_registration_id', ['registrationId'])
@Index('address_verification_of_mailbox', { synchronize: false })
export class AddressVerification {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'address_verification_pkey' })
  id: string;

  /** What a person types to name it; printed in the mail. */
  @Index('address_verification_number_is_unique', { unique: true })
  @Column({ type: 'bigint', default: () => 'drawn_number()' })
  number: string;

  @Column({ type: 'text' })
  subjectKind: VerificationSubject;

  /** No foreign key: the rooms whose things wait for a mailbox know this one, not the other way round. */
  @Column({ type: 'uuid' })
  subjectId: string;

  /** Whose registration it is to join; none where there is none yet. */
  @ForeignKey(() => Registration, { name: 'address_verification_of_registration' })
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;

  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  verifiedAt: Date | null;
}
