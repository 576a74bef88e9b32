import type { ReactNode } from 'react';
import type { CampaignResponse, ProgressResponse } from '../../api/schema';
import { CurveChart, CurveTable } from '../../ui/curve-chart';
import { formatDateJa, today, tokyoDate } from '../../ui/text';
import { type CourseDay, courseOf } from './course-days';
import { percentText } from './words';

const NAMES = ['自治体から', '電話・郵送'] as const;

/** 回答の推移: how many had answered by which day, by themselves and with the office's help. */
export function Course({
  campaign,
  days,
}: {
  readonly campaign: CampaignResponse;
  readonly days: ProgressResponse['days'];
}): ReactNode {
  const targets = campaign.progress?.targets ?? 0;
  const ask = campaign.steps.find(({ template, status }) => template === 'ask' && status !== 'planned');
  // Between the start and the ask nothing is to be seen.
  const from = ask?.date ?? tokyoDate(new Date(campaign.startedAt ?? Date.now()));
  const to = campaign.closedAt === null ? today() : tokyoDate(new Date(campaign.closedAt));
  const course = courseOf(days, from, to);
  return (
    <section className="mt-12" aria-labelledby="course">
      <h2 id="course">回答の推移</h2>
      {days.length === 0 || targets === 0 ? (
        <p className="mt-4">回答はまだありません。回答があると、ここに日ごとの推移が出ます。</p>
      ) : (
        <Drawn course={course} days={days} targets={targets} />
      )}
    </section>
  );
}

function Drawn({
  course,
  days,
  targets,
}: {
  readonly course: readonly CourseDay[];
  readonly days: ProgressResponse['days'];
  readonly targets: number;
}): ReactNode {
  const [first, last] = [course[0], course.at(-1)];
  if (!first || !last) return null;
  const { byThemselves, byPhone } = last.sum;
  const share = (part: number): number => (part / targets) * 100;
  return (
    <>
      <p className="mt-2">
        対象{targets}件に対する、確認済みの割合です。
        {formatDateJa(last.date)}までに、自治体からの回答が{byThemselves}件（
        {percentText(byThemselves, targets)}）
        {byPhone > 0 && `、電話や郵便で確かめたものが${byPhone}件（${percentText(byPhone, targets)}）`}
        あります。
      </p>
      <CurveChart
        label={`確認済みの割合の推移。${formatDateJa(last.date)}までに、自治体からの回答が${percentText(byThemselves, targets)}、電話や郵便で確かめたものが${percentText(byPhone, targets)}。`}
        names={NAMES}
        from={first.date}
        to={last.date}
        usual={1}
        points={course.map(({ date, sum }) => ({
          on: date,
          values: [share(sum.byThemselves), share(sum.byPhone)],
        }))}
      >
        <CurveTable
          caption="日ごとの回答"
          head={['自治体から', '電話・郵送', 'ここまでの合計', '確認率']}
          rows={days.toReversed().map(({ date, byThemselves, byPhone }) => {
            const sum = course.find((day) => day.date === date)?.sum;
            const total = (sum?.byThemselves ?? 0) + (sum?.byPhone ?? 0);
            return { on: date, cells: [byThemselves, byPhone, total, percentText(total, targets)] };
          })}
        />
      </CurveChart>
    </>
  );
}
