import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { AnnouncementCategoryResponse } from './announcement.dto.js';

export class CategoryDto {
  /** Of one that there is; a new one has none. @example 019b3a5c-0c10-7000-8000-000000000003 */
  @Omissible()
  @IsUUID()
  id?: string;

  /** @example 講演会 */
  @TextField({ max: 30 })
  name: string;
}

export class ChangeAnnouncementSettingsDto {
  /** In the order of the list. One that is left out is retired: what has it keeps it, nothing new gets it. */
  @ValidateNested({ each: true })
  @Type(() => CategoryDto)
  @ArrayMaxSize(30)
  @ArrayMinSize(1)
  @IsArray()
  categories: CategoryDto[];

  /** The largest file, in bytes. @example 20971520 */
  @Max(50 * 1024 * 1024)
  @Min(1024)
  @IsInt()
  attachmentMaxBytes: number;

  /** Files of one announcement. @example 10 */
  @Max(30)
  @Min(0)
  @IsInt()
  attachmentMaxCount: number;

  /** When the daily mail goes out, in Tokyo. @example 8 */
  @Max(23)
  @Min(0)
  @IsInt()
  digestHour: number;
}

export class AnnouncementSettingsResponse {
  /** Also the `ETag`. @example 1 */
  version: number;
  categories: AnnouncementCategoryResponse[];
  /** No longer given to anything new, but an announcement that the viewer may see has it. By name. */
  retiredCategories: AnnouncementCategoryResponse[];
  /** @example 20971520 */
  attachmentMaxBytes: number;
  /** @example 10 */
  attachmentMaxCount: number;
  /** @example 8 */
  digestHour: number;
  /** @example 2026-11-22T01:58:00.000Z */
  changedAt: Date;
  /** null for what came with the portal, and for members. @example null */
  changedByName: string | null;
}
