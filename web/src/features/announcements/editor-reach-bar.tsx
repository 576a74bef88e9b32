import type { ReactNode } from 'react';
import type { ReachCountsResponse } from '../../api/schema';

/** One that is left of hundreds isn't nothing. */
const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${Math.round((part / whole) * 1000) / 10}%`;

/** How far it has got: in numbers, and as a bar whose parts differ in pattern as well as in colour. */
export function ReachBar({
  reach: { recipients, acknowledged, followedUp },
}: {
  readonly reach: ReachCountsResponse;
}): ReactNode {
  const waiting = recipients - acknowledged;
  const parts = [
    ['done', '確認済み', acknowledged, percent(acknowledged, recipients)],
    ['asked', '未確認（再度お願いした）', followedUp, percent(followedUp, recipients)],
    ['open', '未確認', waiting - followedUp, percent(waiting - followedUp, recipients)],
  ] as const;
  return (
    <>
      <p className="mt-2 text-lg">
        確認済み <b>{acknowledged}</b>／{recipients}自治体
      </p>
      <div className="reach-bar" aria-hidden="true">
        {parts.map(([kind, , count]) => (
          <span key={kind} className={kind} style={{ flexGrow: count }} />
        ))}
      </div>
      <dl className="reach-parts">
        {parts.map(([kind, name, count, part]) => (
          <div key={kind}>
            <dt>
              <span className={`swatch ${kind}`} aria-hidden="true" />
              {name}
            </dt>
            <dd>
              {count}
              {part && <span className="quiet small">（{part}）</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
