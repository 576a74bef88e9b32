import { IsDefined, IsString } from 'class-validator';

export class AttachmentQuery {
  /** What the file is called; folders before it are dropped. @example 開催要項.pdf */
  @IsString()
  @IsDefined()
  name: string;
}

export class AttachmentResponse {
  /** @example 019b3a5c-0c30-7000-8000-000000000001 */
  id: string;
  /** As the file was called, without folders. @example 開催要項.pdf */
  name: string;
  /** By its content. @example application/pdf */
  mediaType: string;
  /** Bytes. @example 184320 */
  bytes: number;
}

export class AttachedResponse extends AttachmentResponse {
  /** The announcement's version from now on. @example 4 */
  announcementVersion: number;
}

export class DetachedResponse {
  /** The announcement's version from now on. @example 5 */
  announcementVersion: number;
}
