import { IsIn } from 'class-validator';
import { FlagField, Omissible, TextField } from '../http/fields.js';
import { PageQuery } from '../http/page.dto.js';

export class TasksQuery extends PageQuery {
  /** One kind of task. @example change-request.review */
  @Omissible()
  @TextField({ max: 60, pattern: /^[a-z.-]+$/ })
  kind?: string;

  /** Only those that one has taken on. @example false */
  @Omissible()
  @FlagField()
  mine?: boolean;
}

export class TaskResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d90 */
  id: string;
  /** @example change-request.review */
  kind: string;
  /** What is to be done. @example 変更届の内容確認 */
  label: string;
  /** About what. @example 北海道音更町　変更届 R8-0412 */
  title: string;
  /** Id of what it is about; of what, the kind tells. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  subjectId: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string | null;
  /** 3 is the most pressing. @example 2 */
  @IsIn([1, 2, 3])
  weight: number;
  /** @example 2026-11-22T01:58:00.000Z */
  openedAt: Date;
  /** Whole days since then. @example 1 */
  ageDays: number;
  /** Who has taken it on. @example null */
  ownerAccountId: string | null;
  /** @example null */
  ownerName: string | null;
  /** A person says when it is done; the others are done by what happens to their subject. @example false */
  byHand: boolean;
}

export class TaskPage {
  items: TaskResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}
