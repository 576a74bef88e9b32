import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AnnouncementResponse, AudienceDto } from '../../api/schema';
import { covers } from './editor-audience-cover';
import type { CorrectionValues } from './editor-correction-values';
import { audienceCountQuery, type ToldCounts, toldCountsQuery } from './editor-queries';
import { audienceOf, NOBODY } from './editor-values';

/** Whom a correction is mailed to, who comes in and who falls out by it, before anything is sent. */
export function Told({
  announcement,
  values,
}: {
  readonly announcement: AnnouncementResponse;
  readonly values: CorrectionValues;
}): ReactNode {
  const count = useQuery(audienceCountQuery(audienceOf(values.audience)));
  const told = useQuery(toldCountsQuery(announcement.id));
  const audience = announcement.audience ?? NOBODY;
  return (
    <section className="mt-8" aria-labelledby="told">
      <h2 id="told">知らせる先</h2>
      {count.isError || told.isError ? (
        <p className="mt-3">知らせる先を数えられませんでした。訂正は、このままできます。</p>
      ) : count.data && told.data ? (
        <table className="sheet">
          <tbody>
            {rowsOf(values, { audience, will: count.data.municipalities, now: told.data }).map(
              ([name, text]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{text}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      ) : (
        <p className="mt-3 quiet">数えています。</p>
      )}
    </section>
  );
}

interface Numbers {
  /** As it is now. */
  readonly audience: AudienceDto;
  /** How many it will be for. */
  readonly will: number;
  readonly now: ToldCounts;
}

/** How many come and go is known where one audience holds the other; otherwise only how many there will be. */
function rowsOf(values: CorrectionValues, numbers: Numbers): readonly (readonly [string, string])[] {
  const { audience, will, now } = numbers;
  const grows = covers(values.audience, audience);
  const shrinks = !grows && covers(audience, values.audience);
  return [
    ['訂正のお知らせ', values.notify ? correctedWords(now, grows ? null : will) : '送りません。'],
    ...(grows && will > now.recipients
      ? [['加わる自治体', `${will - now.recipients}自治体です。${NEW}`] as const]
      : []),
    ...(shrinks && now.recipients > will
      ? [['外れる自治体', `${now.recipients - will}自治体です。${GONE}`] as const]
      : []),
    ...(grows || shrinks
      ? []
      : [
          [
            '対象',
            `${now.recipients}自治体から、${will}自治体になります。${NEW}外れる自治体には、${GONE}`,
          ] as const,
        ]),
    [
      '確認',
      values.askAgain
        ? `もう一度お願いします。確認済みの${now.acknowledged}自治体も、未確認に戻ります。`
        : 'これまでの「確認済み」は、そのまま残ります。',
    ],
  ];
}

const NEW = 'はじめて対象になる自治体には、公開のときと同じメールを送ります。';
const GONE = '見えなくなります。メールは送りません。';

/** @param most how many of those whom it is for now may stay; null where all do */
function correctedWords({ told, waiting }: ToldCounts, most: number | null): string {
  const who =
    most === null ? `${told}自治体に` : `訂正後も対象になる自治体に（多くても${Math.min(told, most)}自治体）`;
  const later =
    most === null
      ? `まだ「まとめて」のメールが届いていない${waiting}自治体には、`
      : 'まだ「まとめて」のメールが届いていない自治体には、';
  return `${who}、メールを送ります。${waiting > 0 ? `${later}そのメールで、訂正後の内容が届きます。` : ''}`;
}
