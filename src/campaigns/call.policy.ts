import type { FieldError } from '../platform/http/domain-error.js';
import { isCalendarDate } from '../platform/text/japanese-date.js';
import type { RecordTargetCallDto } from './target.dto.js';
import type { CallOutcome, CallWay } from './target.entity.js';

/** What can come of each way: a letter is sent, and what comes back of it is an answer. */
const OUTCOMES: Readonly<Record<CallWay, readonly CallOutcome[]>> = {
  phone: ['confirmed', 'partly-confirmed', 'has-changes', 'will-answer', 'absent', 'wrong-number'],
  letter: ['sent', 'confirmed', 'has-changes', 'wrong-number'],
};

/** @param today `YYYY-MM-DD` @returns what doesn't fit together of what somebody wrote down of a call */
export function judgeCall(
  { way, outcome, nextOn, pointers }: RecordTargetCallDto,
  today: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!OUTCOMES[way].includes(outcome)) {
    errors.push({ pointer: '/outcome', code: 'not-allowed', message: 'この結果は、選べません。' });
  }
  if (nextOn !== null && (!isCalendarDate(nextOn) || nextOn < today)) {
    errors.push({
      pointer: '/nextOn',
      code: 'date',
      message: '次にかける日は、きょうかそれより後の日付を入れてください。',
    });
  }
  if (outcome === 'partly-confirmed' && pointers === undefined) {
    errors.push({
      pointer: '/pointers',
      code: 'required',
      message: '正しいと確かめた項目を選んでください。',
    });
  }
  return errors;
}
