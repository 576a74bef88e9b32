import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Page } from '../../ui/page';
import { covers } from './editor-audience-cover';
import type { CorrectionValues } from './editor-correction-values';
import { Changes, type Said, saysTheSame } from './editor-marks';
import { audienceCountQuery, reachCountsQuery } from './editor-queries';
import { audienceOf, NOBODY } from './editor-values';

interface CheckProps {
  readonly announcement: AnnouncementResponse;
  readonly values: CorrectionValues;
  readonly categories: AnnouncementSettingsResponse['categories'];
  readonly pending: boolean;
  /** The question where two have changed the same: it comes first, and nothing is sent before it is answered. */
  readonly both: ReactNode;
  readonly meanwhile: ReactNode;
  readonly failed: ReactNode;
  readonly onSend: () => void;
  readonly onBack: () => void;
}

/** Before hundreds of mails go out: what changes, and who is told. */
export function CorrectCheck(props: CheckProps): ReactNode {
  const { announcement, values, categories, pending, both } = props;
  const attachments = announcement.attachments.map(({ name }) => name);
  const before: Said = {
    ...announcement,
    category: announcement.category.name,
    audience: announcement.audience ?? NOBODY,
    attachments,
  };
  const after: Said = {
    ...values,
    // What it has stays, also one that isn't offered any more.
    category: categories.find(({ id }) => id === values.categoryId)?.name ?? before.category,
    attachments,
  };
  return (
    <Page
      heading="訂正の確認"
      title={`${announcement.title} 訂正の確認`}
      eyebrow={announcement.title}
      lead="まだ訂正していません。変わるところと、知らせる先をお確かめください。"
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to={`/staff/announcements/${announcement.id}`}>
            このお知らせへ
          </Link>
        </p>
      }
    >
      {props.meanwhile}
      {both ?? (
        <>
          <section className="mt-8" aria-labelledby="changes">
            <h2 id="changes">変わるところ</h2>
            {saysTheSame(before, after) ? (
              <p className="mt-3">
                文章と対象は変わっていません。
                {values.notify ? '説明だけをお送りします。' : '説明だけが、会員ページに載ります。'}
              </p>
            ) : (
              <Changes before={before} after={after} />
            )}
          </section>
          <section className="mt-8" aria-labelledby="note-check">
            <h2 id="note-check">訂正の内容</h2>
            <p className="box mt-3 whitespace-pre-line">{values.note}</p>
          </section>
          <Told announcement={announcement} values={values} />
        </>
      )}
      {props.failed}
      <div className="btns mt-8">
        {!both && (
          <Button main pending={pending} onClick={props.onSend}>
            この内容で訂正する
          </Button>
        )}
        <Button onClick={props.onBack}>入力に戻る</Button>
      </div>
    </Page>
  );
}

function Told({ announcement, values }: Pick<CheckProps, 'announcement' | 'values'>): ReactNode {
  const wanted = audienceOf(values.audience);
  const count = useQuery(audienceCountQuery(wanted));
  const reach = useQuery(reachCountsQuery(announcement.id));
  if (count.isError || reach.isError) {
    return <p className="mt-8">知らせる先を数えられませんでした。訂正は、このままできます。</p>;
  }
  if (!count.data || !reach.data) return null;
  const rows = rowsOf({
    values,
    audience: announcement.audience ?? NOBODY,
    will: count.data.municipalities,
    are: reach.data.recipients,
    acknowledged: reach.data.acknowledged,
    waiting: reach.data.waitingForDigest,
  });
  return (
    <section className="mt-8" aria-labelledby="told">
      <h2 id="told">知らせる先</h2>
      <table className="sheet">
        <tbody>
          {rows.map(([name, text]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Numbers {
  readonly values: CorrectionValues;
  /** As it is now. */
  readonly audience: NonNullable<AnnouncementResponse['audience']>;
  /** How many it will be for. */
  readonly will: number;
  /** How many it is for. */
  readonly are: number;
  readonly acknowledged: number;
  /** Of those, to whom the daily mail hasn't gone yet: it will say what is right. */
  readonly waiting: number;
}

/** How many come and go is known where one audience holds the other; otherwise only how many there will be. */
function rowsOf(numbers: Numbers): readonly (readonly [string, string])[] {
  const { values, audience, will, are, acknowledged } = numbers;
  const { notify, askAgain } = values;
  const grows = covers(values.audience, audience);
  const known = grows || covers(audience, values.audience);
  const stay = grows ? are : will;
  const rows: (readonly [string, string])[] = [
    ['訂正のお知らせ', notify ? correctedWords(numbers, known ? stay : null) : '送りません。'],
  ];
  if (!known) {
    rows.push([
      '対象',
      `${are}自治体から、${will}自治体になります。新しく対象になる自治体には、公開のときと同じメールを送ります。外れる自治体には、見えなくなります。`,
    ]);
  }
  if (known && will > stay)
    rows.push(['新しい対象', `${will - stay}自治体に、公開のときと同じメールを送ります。`]);
  if (known && are > stay)
    rows.push(['外れる自治体', `${are - stay}自治体には、見えなくなります。メールは送りません。`]);
  rows.push([
    '確認',
    askAgain
      ? `もう一度お願いします。確認済みの${acknowledged}自治体も、未確認に戻ります。`
      : 'これまでの「確認済み」は、そのまま残ります。',
  ]);
  return rows;
}

function correctedWords({ waiting, are }: Numbers, stay: number | null): string {
  const digest = 'まだ「まとめて」のメールが届いていない';
  if (stay === null) return 'いまの対象のうち、訂正後も対象になる自治体に、メールを送ります。';
  if (waiting === 0) return `${stay}自治体に、メールを送ります。`;
  // Of those who stay, how many wait is only known where all stay.
  if (stay < are)
    return `多くて${stay}自治体に、メールを送ります。${digest}自治体には、そのメールで訂正後の内容が届きます。`;
  return `${stay - waiting}自治体に、メールを送ります。${digest}${waiting}自治体には、そのメールで訂正後の内容が届きます。`;
}
