import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FreshnessCourseResponse, FreshnessSummaryResponse } from '../../api/schema';
import { Select } from '../../ui/controls';
import { CurveChart, CurveTable } from '../../ui/curve-chart';
import { Loaded } from '../../ui/loaded';
import { monthsText } from '../../ui/months';
import { formatDateJa, shortDate, tokyoDate } from '../../ui/text';
import { namesOf, percentOf, UNKNOWN } from './freshness-words';
import { courseQuery } from './freshness-queries';
import { type Choice, meaningOf, nameOf, PlaceSelect } from './place-select';

const PERIODS = [
  ['90', 'この3か月（毎日）'],
  ['364', 'この1年（毎週）'],
  ['728', 'この2年（毎週）'],
] as const;
const USUAL_PERIOD = '364';

interface CourseProps {
  readonly summary: FreshnessSummaryResponse;
  readonly choice: Choice;
  readonly period: string;
  readonly onChoose: (name: 'course' | 'period', value: string) => void;
}

/** これまでの変わり方: whether it grows better, as it was recorded day by day. */
export function Course({ summary, choice, period, onChoose }: CourseProps): ReactNode {
  const known = PERIODS.some(([days]) => days === period) ? period : USUAL_PERIOD;
  const query = useQuery({
    ...courseQuery({ ...meaningOf(choice), from: daysAgo(Number(known)) }),
    placeholderData: (before) => before,
  });
  return (
    <section className="mt-12" aria-labelledby="course">
      <h2 id="course">これまでの変わり方</h2>
      <div className="no-print grid gap-x-4 desktop:grid-cols-2 max-w-3xl">
        <PlaceSelect
          id="course-of"
          label="何の変わり方か"
          summary={summary}
          value={choice}
          fields
          onChange={(value) => onChoose('course', value)}
        />
        <Select
          id="period"
          label="期間"
          value={known}
          onChange={(event) => onChoose('period', event.target.value)}
        >
          {PERIODS.map(([days, text]) => (
            <option key={days} value={days}>
              {text}
            </option>
          ))}
        </Select>
      </div>
      <Loaded query={query}>
        {(course) => (
          <Drawn course={course} freshMonths={summary.freshMonths} title={nameOf(summary, choice)} />
        )}
      </Loaded>
    </section>
  );
}

const daysAgo = (days: number): string => tokyoDate(new Date(Date.now() - days * 24 * 60 * 60 * 1000));

/** In percent; null where there was nothing to count. */
const share = (part: number, { total }: { readonly total: number }): number | null =>
  total === 0 ? null : (part / total) * 100;

function Drawn({
  course,
  freshMonths,
  title,
}: {
  readonly course: FreshnessCourseResponse;
  readonly freshMonths: number;
  readonly title: string;
}): ReactNode {
  const { points, from, to, step } = course;
  const names = namesOf(freshMonths);
  const newest = points.at(-1);
  if (!newest) return <p className="mt-4">この期間の記録はありません。毎日0時すぎに記録します。</p>;
  return (
    <>
      <p className="mt-4">
        <b>{title}</b>は、{shortDate(newest.on)}の時点で、{newest.total}件のうち{newest.fresh}件（
        {percentOf(newest.fresh, newest.total)}）が{names.fresh}に確認されていました。
      </p>
      <CurveChart
        label={`${title}の鮮度の変わり方の図。${formatDateJa(newest.on)}は、${names.fresh}${percentOf(newest.fresh, newest.total)}、${names.stale}${percentOf(newest.stale, newest.total)}、${UNKNOWN}${percentOf(newest.unknown, newest.total)}。`}
        names={[names.fresh, names.stale, UNKNOWN]}
        from={from}
        to={to}
        usual={step === 'week' ? 7 : 1}
        points={points.map((point) => ({
          on: point.on,
          values: [share(point.fresh, point), share(point.stale, point), share(point.unknown, point)],
        }))}
      >
        <Notes course={course} freshMonths={freshMonths} />
        <CurveTable
          caption={`${title}の鮮度の変わり方`}
          head={[names.fresh, names.stale, UNKNOWN, '合計', `${names.fresh}の割合`]}
          rows={points.toReversed().map((point) => ({
            on: point.on,
            cells: [
              point.fresh,
              point.stale,
              point.unknown,
              point.total,
              percentOf(point.fresh, point.total),
            ],
          }))}
        />
      </CurveChart>
    </>
  );
}

/** What a reader has to know to read the curves rightly. */
function Notes({
  course: { points, from, step, missedDays, recordedSince },
  freshMonths,
}: {
  readonly course: FreshnessCourseResponse;
  readonly freshMonths: number;
}): ReactNode {
  const others = points.filter((point) => point.freshMonths !== freshMonths);
  const months = [...new Set(others.map((point) => monthsText(point.freshMonths)))];
  const lastOther = others.at(-1);
  return (
    <figcaption className="small quiet mt-2">
      毎日0時すぎに記録した数字です。
      {step === 'week' && '1週間に1点を示しています。'}
      {recordedSince !== null && recordedSince > from && `記録は${formatDateJa(recordedSince)}からです。`}
      {missedDays > 0 &&
        `システムが止まっていたため、${missedDays}日分の記録がありません。${step === 'day' ? '線は、そこで切れています。' : '1週間を超えて記録がないところは、線が切れています。'}`}
      {lastOther &&
        `${formatDateJa(lastOther.on)}までは、${months.join('、')}以内を新しいものとして数えています。`}
    </figcaption>
  );
}
