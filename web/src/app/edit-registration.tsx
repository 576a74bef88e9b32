import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { api, ok } from '../api/client';
import { ifMatch } from '../api/etag';
import { useAccount } from '../api/hooks';
import type { ChangeRequestResponse, RegistrationResponse, SubmitChangeRequestDto } from '../api/schema';
import { DraftStatus } from '../features/drafts/draft-status';
import { type Found, loadDraft, useDraft } from '../features/drafts/use-draft';
import { type FormValues, toProposed, toValues } from '../features/change-requests/form-values';
import { MergeDraft } from '../features/change-requests/merge-draft';
import { RegistrationForm } from '../features/change-requests/registration-form';
import { findOpen } from '../features/change-requests/queries';
import { Button, ButtonLink } from '../ui/controls';
import { LoadedPage } from '../ui/loaded-page';
import { Failed, Notice } from '../ui/notice';
import { Page, useTitle } from '../ui/page';
import { When } from '../ui/text';
import { useSend } from '../ui/use-send';
import { checkPath, type Draft, editPath } from './editing';

const TITLE = '登録の修正';

/** The form for a new change request, or for one that came back. */
export default function EditRegistration(): ReactNode {
  const { id: requestId } = useParams();
  const registrationId = useAccount().registrationId as string;
  const query = useQuery({
    queryKey: ['editing', registrationId, requestId ?? null],
    queryFn: () => load(registrationId, requestId),
    // What somebody types must not be exchanged below their hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <LoadedPage query={query}>
      {(loaded) => <Editing key={requestId} {...loaded} requestId={requestId} />}
    </LoadedPage>
  );
}

interface LoadedForEditing {
  readonly registration: RegistrationResponse;
  readonly draft: Found<Draft> | null;
  readonly request: ChangeRequestResponse | null;
  /** Another that has to be decided first. */
  readonly open: { readonly id: string; readonly number: string } | null;
}

async function load(registrationId: string, requestId: string | undefined): Promise<LoadedForEditing> {
  const [registration, draft, request, open] = await Promise.all([
    ok(api.GET('/api/v1/registrations/{id}', { params: { path: { id: registrationId } } })),
    loadDraft<Draft>(registrationId),
    requestId === undefined
      ? null
      : ok(api.GET('/api/v1/change-requests/{id}', { params: { path: { id: requestId } } })),
    findOpen(registrationId),
  ]);
  return { registration, request, draft, open };
}

function Editing({
  registration,
  draft,
  request,
  open,
  requestId,
}: LoadedForEditing & { readonly requestId: string | undefined }): ReactNode {
  const [merged, setMerged] = useState<FormValues | null>(null);
  const elsewhere = draft !== null && draft.kept.content.requestId !== (requestId ?? null);
  const moved = draft !== null && draft.kept.baseVersion !== registration.version && merged === null;
  if (requestId === undefined && open) return <OpenAlready open={open} />;
  if (request && request.status !== 'returned') return <NotEditable request={request} />;
  if (elsewhere) return <OtherDraft draft={draft} registrationId={registration.id} />;
  if (moved) {
    return (
      <MergeDraft
        registration={registration}
        baseVersion={draft.kept.baseVersion}
        values={draft.kept.content.values}
        onMerged={setMerged}
      />
    );
  }
  const initial =
    merged ??
    draft?.kept.content.values ??
    (request ? toValues(request.proposed, request.comment ?? '') : toValues(registration));
  return (
    <EditForm
      registration={registration}
      draft={draft}
      request={request}
      initial={initial}
      requestId={requestId}
      merged={merged !== null}
    />
  );
}

function EditForm({
  registration,
  draft: found,
  request,
  initial,
  requestId,
  merged,
}: {
  readonly registration: RegistrationResponse;
  readonly draft: Found<Draft> | null;
  readonly request: ChangeRequestResponse | null;
  readonly initial: FormValues;
  readonly requestId: string | undefined;
  readonly merged: boolean;
}): ReactNode {
  useTitle(TITLE);
  useFieldOfTheAddress();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const draft = useDraft<Draft>(registration.id, registration.version, found);
  const { save, flush } = draft;
  const keep = useCallback(
    (values: FormValues) => save({ requestId: requestId ?? null, values }),
    [save, requestId],
  );
  const [started] = useState(() => merged);
  useEffect(() => {
    if (started) keep(initial);
    // Once: what was put together is the draft from now on.
  }, []);
  const { send, pending, problem } = useSend(
    async (values: FormValues) => {
      const body = { proposed: toProposed(values), comment: values.comment.trim() || null };
      keep(values);
      await flush();
      if (request) return putReturned(request, body, draft.discard);
      await ok(
        api.POST('/api/v1/registrations/{id}/change-requests/preview', {
          params: { path: { id: registration.id } },
          body,
        }),
      );
    },
    () => void navigate(checkPath(requestId)),
  );
  return (
    <div className="wrap">
      <div className="text-col">
        <RegistrationForm
          original={toValues(registration)}
          initial={initial}
          onChange={keep}
          pending={pending}
          problem={problem}
          onSubmit={(values) => void send(values)}
          heading={<Heading registration={registration} request={request} draft={found} />}
          foot={
            <DraftStatus
              draft={draft}
              onDiscard={async () => {
                await draft.discard();
                await queries.resetQueries({ queryKey: ['editing'] });
                void navigate(requestId === undefined ? '/registration' : `/change-requests/${requestId}`);
              }}
            />
          }
        />
      </div>
    </div>
  );
}

/** What was typed takes the place of what came back; it isn't sent yet. */
async function putReturned(
  request: ChangeRequestResponse,
  body: SubmitChangeRequestDto,
  discard: () => Promise<void>,
): Promise<void> {
  const path = { id: request.id };
  const header = ifMatch(request.version);
  await ok(api.PUT('/api/v1/change-requests/{id}', { params: { path, header }, body }));
  await discard();
}

function Heading({
  registration,
  request,
  draft,
}: {
  readonly registration: RegistrationResponse;
  readonly request: ChangeRequestResponse | null;
  readonly draft: Found<Draft> | null;
}): ReactNode {
  return (
    <>
      <p className="eyebrow">
        {registration.prefecture}
        {registration.municipality}
      </p>
      <h1 tabIndex={-1}>{request ? `変更届 ${request.number} を直す` : '登録を修正する'}</h1>
      <p className="lead">
        変わったところだけを直してください。送る前に、変更の一覧を確かめる画面が開きます。
      </p>
      {request?.decisionReason && (
        <Notice tone="warn" title="事務局からのお願い" className="mt-6">
          <p className="whitespace-pre-line">{request.decisionReason}</p>
        </Notice>
      )}
      {draft && (
        <Notice className="mt-6">
          <p>書きかけの内容を開きました。続きから入力できます。</p>
        </Notice>
      )}
      {!request && (
        <p className="mt-4">
          4月1日などの先の日付で担当者が代わるときは、
          <Link to="/registration/handover">引継ぎの届出</Link>をお使いください。
        </p>
      )}
    </>
  );
}

/** One draft for each registration: another one comes first, or has to go. */
function OtherDraft({
  draft,
  registrationId,
}: {
  readonly draft: Found<Draft>;
  readonly registrationId: string;
}): ReactNode {
  const queries = useQueryClient();
  const { send, pending, problem } = useSend(
    () =>
      ok(
        api.DELETE('/api/v1/registrations/{id}/draft', {
          params: { path: { id: registrationId }, header: { 'If-Match': draft.etag } },
        }),
      ),
    () => queries.resetQueries({ queryKey: ['editing'] }),
  );
  const { requestId } = draft.kept.content;
  return (
    <Page heading="ほかの書きかけがあります" title={TITLE} width="narrow">
      <p className="lead">
        {draft.kept.savedBy}さんが
        <When at={draft.kept.savedAt} as="time" />
        に保存した、{requestId === null ? '登録の修正' : '差し戻された変更届'}の書きかけです。
      </p>
      <div className="btns mt-8">
        <ButtonLink main to={editPath(requestId ?? undefined)}>
          その書きかけを開く
        </ButtonLink>
        <Button pending={pending} onClick={() => void send()}>
          その書きかけを消して、ここで始める
        </Button>
      </div>
      <Failed problem={problem} />
    </Page>
  );
}

function OpenAlready({
  open,
}: {
  readonly open: { readonly id: string; readonly number: string };
}): ReactNode {
  return (
    <Page heading="先に出された変更届があります" title={TITLE} width="narrow">
      <p className="lead">
        変更届 {open.number}{' '}
        の手続きが終わってから、次の修正を届け出てください。取り下げて、出し直すこともできます。
      </p>
      <div className="btns mt-8">
        <ButtonLink main to={`/change-requests/${open.id}`}>
          変更届 {open.number} を見る
        </ButtonLink>
      </div>
    </Page>
  );
}

function NotEditable({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  return (
    <Page heading="この変更届は、いまは直せません" title={TITLE} width="narrow">
      <p className="lead">いまの状態は「{request.statusLabel}」です。直せるのは、差し戻された変更届です。</p>
      <div className="btns mt-8">
        <ButtonLink main to={`/change-requests/${request.id}`}>
          変更届 {request.number} を見る
        </ButtonLink>
      </div>
    </Page>
  );
}

/** 直す on the page before sending leads to the very field. */
function useFieldOfTheAddress(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '') {
      window.scrollTo(0, 0);
      document.querySelector('h1')?.focus({ preventScroll: true });
      return;
    }
    const field = document.getElementById(decodeURIComponent(hash.slice(1))) ?? document.querySelector('h1');
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  }, [hash]);
}
