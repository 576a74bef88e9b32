import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useAccount } from '../api/hooks';
import type {
  AskedQuestionResponse,
  ChangeRequestSummaryResponse,
  RegistrationResponse,
} from '../api/schema';
import { HomeAnnouncements, NewsLine, WaitingAnnouncements } from '../features/announcements/home-panel';
import { attentionQuery } from '../features/announcements/reading-queries';
import { ownQuestionQuery } from '../features/campaigns/own-question';
import { openAmong, ownRequestsQuery } from '../features/change-requests/queries';
import { WaitingRequests } from '../features/change-requests/waiting-requests';
import { loadDraft } from '../features/drafts/use-draft';
import { ConfirmAnswer } from '../features/registry/confirm-answer';
import { type FreshnessRule, isStale } from '../features/registry/freshness';
import { registrationQuery } from '../features/registry/queries';
import { Sheet } from '../features/registry/sheet';
import { ButtonLink } from '../ui/controls';
import { Loaded } from '../ui/loaded';
import { Notice } from '../ui/notice';
import { useHeadingFocus, useTitle } from '../ui/page';
import { monthsText } from '../ui/months';
import { dateWithEra, fiscalYear, Hidden, today as todayInJapan, tokyoDate, When } from '../ui/text';
import { type Draft, editPath } from './editing';

/** ホーム: is my registration right? One question, its answer, and what waits beside it. */
export default function MemberHome(): ReactNode {
  useTitle('ホーム');
  const registrationId = useAccount().registrationId as string;
  const query = useQuery(registrationQuery(registrationId));
  return (
    <div className="wrap two">
      <div>
        <Loaded query={query}>{(registration) => <Question registration={registration} />}</Loaded>
      </div>
      <aside>
        <Waiting registrationId={registrationId} />
        <HomeAnnouncements />
      </aside>
    </div>
  );
}

function Question({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const account = useAccount();
  const queries = useQueryClient();
  const [confirmed, setConfirmed] = useState(false);
  const today =
    registration.lastConfirmedAt !== null &&
    tokyoDate(new Date(registration.lastConfirmedAt)) === todayInJapan();
  const heading = useHeadingFocus();
  const answered = useRef(confirmed);
  useEffect(() => {
    if (confirmed && !answered.current) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    answered.current = confirmed;
  }, [confirmed, heading]);
  const requests = useQuery(ownRequestsQuery(registration.id));
  const open = openAmong(requests.data?.items ?? []);
  const asked = useQuery({ ...ownQuestionQuery(), staleTime: 0 });
  const question = asked.data?.question ?? null;
  const [thanksFor, setThanksFor] = useState<AskedQuestionResponse | null>(null);
  const onConfirmed = (): void => {
    setThanksFor(question);
    setConfirmed(true);
    void queries.invalidateQueries({ queryKey: ownQuestionQuery().queryKey });
  };
  // What is still asked counts for more than what was said before it was.
  const settled = today && question === null;
  return (
    <>
      <p className="eyebrow">{account.municipality}</p>
      <h1 tabIndex={-1} ref={heading}>
        {headingOf({ confirmed, inProgress: open !== null, settled })}
      </h1>
      <p className="lead">
        {confirmed ? (
          <Thanks registration={registration} question={thanksFor} />
        ) : (
          <Since registration={registration} asks={open === null && question === null} />
        )}
      </p>
      {question && !confirmed && !open && <Asked question={question} />}
      <NewsLine />
      {open && !confirmed && <InProgress request={open} />}
      <Sheet
        registration={registration}
        action={({ id, name }) => (
          <Link to={`/registration/edit#departments-${id}-legend`} className="small">
            この部署を修正する<Hidden>（{name}）</Hidden>
          </Link>
        )}
      />
      {(confirmed || settled) && (
        <div className="btns mt-8">
          <ButtonLink to="/registration">登録情報を見る・印刷する</ButtonLink>
          {!open && <ButtonLink to="/registration/edit">修正する</ButtonLink>}
        </div>
      )}
      {!confirmed && !settled && !open && !requests.isPending && !asked.isPending && (
        <ConfirmAnswer registration={registration} name={account.name} onConfirmed={onConfirmed} />
      )}
      <p className="mt-6">
        4月1日などに担当者が代わるときは、<Link to="/registration/handover">引継ぎの届出</Link>
        をお使いください。
      </p>
    </>
  );
}

interface Standing {
  readonly confirmed: boolean;
  readonly inProgress: boolean;
  /** It was confirmed today, and nobody asks. */
  readonly settled: boolean;
}

function headingOf({ confirmed, inProgress, settled }: Standing): string {
  if (confirmed) return '「変更はありません」と記録しました';
  if (inProgress) return '変更届の手続き中です';
  return settled ? '登録の内容は、今日確認されました' : '登録の内容は、いまも正しいですか';
}

/** The question waits until it is clear what will be registered; the way there comes first, on a phone as well. */
function InProgress({ request }: { readonly request: ChangeRequestSummaryResponse }): ReactNode {
  const turn = request.status === 'returned' || request.status === 'awaiting_verification';
  return (
    <Notice
      tone={turn ? 'warn' : 'key'}
      className="mt-6"
      title={`変更届 ${request.number}：${request.statusLabel}`}
    >
      <p>
        {turn
          ? 'お手続きの続きをお願いします。下にあるのは、いまの登録です。'
          : '結果が出るまで、お答えはいりません。下にあるのは、いまの登録です。'}
      </p>
      <p className="mt-3">
        <ButtonLink size="m" to={`/change-requests/${request.id}`}>
          変更届 {request.number} を見る
        </ButtonLink>
      </p>
    </Notice>
  );
}

/** What the office asks, and until when. */
function Asked({ question: { title, deadline } }: { readonly question: AskedQuestionResponse }): ReactNode {
  const late = todayInJapan() > deadline;
  return (
    <Notice tone={late ? 'warn' : 'key'} className="mt-6" title={title}>
      <p>
        期限は、<span className="nb">{dateWithEra(deadline)}</span>です。
        {late
          ? '期限を過ぎていますが、いまからでもお受けします。'
          : 'それまでに、下の内容がいまも正しいかをお答えください。'}
      </p>
    </Notice>
  );
}

function Thanks({
  registration,
  question,
}: {
  readonly registration: RegistrationResponse;
  readonly question: AskedQuestionResponse | null;
}): ReactNode {
  return (
    <>
      {question &&
        `「${question.title}」にお答えいただき、ありがとうございました。これ以上のお願いは届きません。`}
      {registration.lastConfirmedAt && dateWithEra(registration.lastConfirmedAt)}
      に、すべての項目を確認済みにしました。登録されているアドレスに、お知らせのメールをお送りします。
    </>
  );
}

/** @param asks not while a change request is on its way: what is shown will be another */
function Since({
  registration,
  asks,
}: {
  readonly registration: RegistrationResponse;
  readonly asks: boolean;
}): ReactNode {
  const at = registration.lastConfirmedAt;
  if (at === null) return `確認した日の記録が、まだありません。${asks ? '下の内容をお確かめください。' : ''}`;
  const request = asks ? whatToDo(at, registration) : '';
  return (
    <>
      最後の確認は、<span className="nb">{dateWithEra(at)}</span>です。{request}
    </>
  );
}

function whatToDo(at: string, rule: FreshnessRule): string {
  if (isStale(at, rule)) return `${monthsText(rule.freshMonths)}以上たちましたので、お確かめください。`;
  return fiscalYear(new Date(at)) < fiscalYear(todayInJapan())
    ? '新しい年度になりましたので、お確かめください。'
    : '変わったところがあれば、お知らせください。';
}

function Waiting({ registrationId }: { readonly registrationId: string }): ReactNode {
  const drafts = useQuery({
    queryKey: ['drafts', registrationId],
    queryFn: () => loadDraft<Draft>(registrationId),
    staleTime: 0,
  });
  const draft = drafts.data;
  const announcements = useQuery(attentionQuery());
  const known = !drafts.isPending && !announcements.isPending;
  const others = (draft ? 1 : 0) + (announcements.data?.waiting ?? 0);
  return (
    <WaitingRequests registrationId={registrationId} others={known ? others : null}>
      <WaitingAnnouncements />
      {draft && (
        <li>
          <Link to={editPath(draft.kept.content.requestId ?? undefined)}>書きかけの修正を続ける</Link>
          <p className="meta">
            <span>
              <When at={draft.kept.savedAt} as="time" />
              に保存
            </span>
            <span>{draft.kept.savedBy}さん</span>
          </p>
        </li>
      )}
    </WaitingRequests>
  );
}
