import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Registration } from '../registry/registration.entity.js';

/** 下書き: what a municipality's clerks have typed and not sent yet. One for all of them; not kept. */
@Entity('registration_draft')
@Check('registration_draft_version_is_positive', 'version > 0')
@Check('registration_draft_base_version_is_positive', 'base_version > 0')
@Check('registration_draft_content_is_object', `jsonb_typeof(content) = 'object'`)
export class RegistrationDraft {
  @ForeignKey(() => Registration, { name: 'registration_draft_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'registration_draft_pkey' })
  registrationId: string;

  /** From one line for all drafts; what `If-Match` is held against. */
  @Column({ type: 'integer' })
  version: number;

  /** Version of the registration that the typing began from. */
  @Column({ type: 'integer' })
  baseVersion: number;

  /** Whatever the form holds; need not be a registration yet. */
  @Column({ type: 'jsonb' })
  content: Record<string, unknown>;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  savedAt: Date;

  /** As the person named themselves. */
  @Column({ type: 'text' })
  savedBy: string;

  @Column({ type: 'text' })
  savedByMailbox: string;
}
