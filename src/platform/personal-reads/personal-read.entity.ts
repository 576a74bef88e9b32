import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody on the staff was shown a municipality's people. Append-only, and no part of the chain. */
@Entity('personal_read')
@Index('personal_read_session_id', ['sessionId', 'readAt'])
@Index('personal_read_registration_id', ['registrationId', 'readAt'])
export class PersonalRead {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'personal_read_pkey' })
  id: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  readAt: Date;

  @Column({ type: 'uuid' })
  sessionId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  /** What was asked for, such as `change-request.read`. */
  @Column({ type: 'text' })
  operation: string;

  /** What was shown; of which table its id is. */
  @Column({ type: 'text' })
  subjectType: string;

  @Column({ type: 'uuid' })
  subjectId: string;

  /** Whose people; null for an application that is no registration yet. */
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;
}
