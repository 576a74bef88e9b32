import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { Omissible, TextField } from './fields.js';

/** The part of a list's query that all lists share. */
export class PageQuery {
  /** Where to go on: `nextCursor` of the answer before. @example eyJhIjoiMDExMDAyIn0 */
  @Omissible()
  @TextField({ max: 400 })
  cursor?: string;

  /** How many items at most. @example 50 */
  @Omissible()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2000)
  limit: number = 50;
}
