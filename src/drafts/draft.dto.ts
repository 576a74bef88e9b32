import { Transform } from 'class-transformer';
import { IsDefined, IsInt, IsObject, Max, Min } from 'class-validator';

export class SaveDraftDto {
  /** Version of the registration that the typing began from. @example 12 */
  @Max(999_999_999)
  @Min(1)
  @IsInt()
  @IsDefined()
  baseVersion: number;

  /**
   * Whatever the form holds, as a JSON object of at most 64 KB and 10 levels; need not be a registration yet.
   * @example {"mainPhone": "0155-00-", "contacts": [{"id": "new-1", "name": "檜垣"}]}
   */
  // As it was sent: class-transformer's copy leaves out what an object has by nature, such as `toString`.
  @Transform(({ obj }: { obj: { content: unknown } }) => obj.content)
  @IsObject()
  @IsDefined()
  content: Record<string, unknown>;
}

export class DraftResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** Also the `ETag`. Another with every save; not one more than the last. @example 207 */
  version: number;
  /** Version of the registration that the typing began from. @example 12 */
  baseVersion: number;
  /** Version of the registration now; another than `baseVersion` means that it moved. @example 12 */
  registrationVersion: number;
  /** As it was saved. @example {"mainPhone": "0155-00-", "contacts": [{"id": "new-1", "name": "檜垣"}]} */
  content: Record<string, unknown>;
  /** @example 2026-11-22T01:44:00.000Z */
  savedAt: Date;
  /** As the clerk named themselves. @example "小野寺 真理" */
  savedBy: string;
  /** @example kikaku@town-otofuke.example */
  savedByMailbox: string;
}
