import type { ReactNode } from 'react';
import type { ChangeRequestPreviewResponse } from '../../api/schema';
import { formatDateJa, shortDate, tokyoDate } from '../../ui/text';

/** What sending would do. Of a returned one, how long it takes isn't told anew. */
export type Outlook = Omit<ChangeRequestPreviewResponse, 'baseVersion' | 'reviewBusinessDays'> & {
  readonly reviewBusinessDays: number | null;
};

/** A change request waits this long for the codes of its new mailboxes. Days. */
const VERIFICATION_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Who does what, and when, once it is sent. */
export function NextSteps({ preview }: { readonly preview: Outlook }): ReactNode {
  return (
    <section className="next" aria-labelledby="next">
      <h2 id="next">届け出たあとの流れ</h2>
      <ol className="steps">
        {stepsAfter(preview).map(({ title, text }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Step {
  readonly title: string;
  readonly text: string;
}

function stepsAfter({
  newMailboxes,
  appliesAtOnce,
  notified,
  effectiveOn,
  reviewBusinessDays,
}: Outlook): Step[] {
  const first: Step = {
    title: '今日、メールが届きます',
    text:
      (newMailboxes.length > 0 ? `新しいアドレス（${newMailboxes.join('、')}）には確認コードを、` : '') +
      `${notified.join('、') || '登録されているアドレス'} には${appliesAtOnce ? '反映のお知らせ' : '受付のお知らせ'}をお送りします。`,
  };
  if (appliesAtOnce) {
    return [
      first,
      {
        title: '届け出ると、すぐに登録に反映されます',
        text: '氏名や職名などの変更だけのときは、事務局の内容確認を待たずに反映します。反映したあとに、事務局が内容を確認します。',
      },
    ];
  }
  const until = formatDateJa(tokyoDate(new Date(Date.now() + VERIFICATION_DAYS * DAY_MS)));
  const from = newMailboxes.length > 0 ? 'コードの入力から' : '届け出てから';
  return [
    first,
    ...(newMailboxes.length > 0
      ? [
          {
            title: `${until}までに、確認コードを入力します`,
            text: '入力の画面は、届け出たすぐあとに開きます。あとから「変更届の状況」で入力することもできます。期限を過ぎると、変更届は取り消されます。',
          },
        ]
      : []),
    {
      title: '事務局が内容を確認します',
      text: `${reviewBusinessDays === null ? '' : `目安は、${from}${reviewBusinessDays}営業日です。`}それまでは、いまの登録のままです。`,
    },
    effectiveOn
      ? {
          title: `${shortDate(effectiveOn)}に、登録が変わります`,
          text: '内容確認の結果はメールでお知らせします。その日までは、いまの担当者の登録のままです。',
        }
      : {
          title: '結果をメールでお知らせします',
          text: '登録されているアドレスすべてにお知らせします。反映されると、登録が変わります。',
        },
  ];
}
