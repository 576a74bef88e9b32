import type { ProgressResponse } from '../../api/schema';

/** All that was answered up to the end of a day. */
export interface CourseDay {
  readonly date: string;
  readonly sum: { readonly byThemselves: number; readonly byPhone: number };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Every day from the first to the last one, answered or not, with what had been answered by then.
 *
 * @param days with an answer, the first one first
 * @param from `YYYY-MM-DD`; an answer from before begins the course earlier
 * @param to `YYYY-MM-DD`
 */
export function courseOf(days: ProgressResponse['days'], from: string, to: string): CourseDay[] {
  const first = [from, days[0]?.date ?? from].toSorted()[0] ?? from;
  const last = [to, days.at(-1)?.date ?? to].toSorted().at(-1) ?? to;
  const course: CourseDay[] = [];
  let sum = { byThemselves: 0, byPhone: 0 };
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) {
    const date = new Date(at).toISOString().slice(0, 10);
    const day = days.find((one) => one.date === date);
    if (day) {
      sum = { byThemselves: sum.byThemselves + day.byThemselves, byPhone: sum.byPhone + day.byPhone };
    }
    course.push({ date, sum });
  }
  return course;
}
