import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { api, ok } from '../api/client';
import { ifMatch } from '../api/etag';
import { useAccount } from '../api/hooks';
import type {
  ChangeRequestPreviewResponse,
  ChangeRequestResponse,
  RegistrationResponse,
} from '../api/schema';
import { useSendingKey } from '../api/use-sending-key';
import { CheckPage } from '../features/change-requests/check-page';
import { newMailboxesIn } from '../features/change-requests/changes';
import { type FormValues, toProposed } from '../features/change-requests/form-values';
import { loadDraft } from '../features/drafts/use-draft';
import { Unchanged } from '../features/registry/unchanged';
import { LoadedPage } from '../ui/loaded-page';
import { useSend } from '../ui/use-send';
import { type Draft, editPath } from './editing';

/** The page before sending: a new change request from the draft, or a returned one as it was edited. */
export default function CheckChanges(): ReactNode {
  const { id } = useParams();
  return id === undefined ? <CheckNew /> : <CheckReturned requestId={id} />;
}

interface Checking {
  readonly values: FormValues;
  readonly preview: ChangeRequestPreviewResponse;
  readonly registration: RegistrationResponse;
  readonly savedAt: string;
}

/** Made from the draft, so that it can be opened again, printed, and come back to. */
function CheckNew(): ReactNode {
  const registrationId = useAccount().registrationId as string;
  const query = useQuery({
    queryKey: ['checking', registrationId],
    queryFn: () => loadNew(registrationId),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <LoadedPage query={query}>
      {(checking) =>
        checking ? <NewChecked {...checking} /> : <Navigate to={editPath(undefined)} replace />
      }
    </LoadedPage>
  );
}

async function loadNew(registrationId: string): Promise<Checking | null> {
  const path = { id: registrationId };
  const [draft, registration] = await Promise.all([
    loadDraft<Draft>(registrationId),
    ok(api.GET('/api/v1/registrations/{id}', { params: { path } })),
  ]);
  if (draft === null || draft.kept.baseVersion !== registration.version) return null;
  const { values } = draft.kept.content;
  const preview = await ok(
    api.POST('/api/v1/registrations/{id}/change-requests/preview', {
      params: { path },
      body: bodyOf(values),
    }),
  );
  return { values, preview, registration, savedAt: draft.kept.savedAt };
}

const bodyOf = (values: FormValues) => ({
  proposed: toProposed(values),
  comment: values.comment.trim() || null,
});

function NewChecked({ values, preview, registration, savedAt }: Checking): ReactNode {
  const leave = useLeave();
  const key = useSendingKey();
  const text = registration.id + JSON.stringify(values);
  const { send, pending, problem } = useSend(
    () =>
      ok(
        api.POST('/api/v1/registrations/{id}/change-requests', {
          params: {
            path: { id: registration.id },
            header: {
              ...ifMatch(preview.baseVersion),
              'Idempotency-Key': key.keyOf(text),
            },
          },
          body: bodyOf(values),
        }),
      ),
    (sent) => {
      key.done();
      return leave(sent);
    },
  );
  return (
    <CheckPage
      eyebrow={registration.prefecture + registration.municipality}
      preview={preview}
      comment={values.comment}
      editAt={editPath(undefined)}
      savedAt={savedAt}
      pending={pending}
      problem={problem}
      unchanged={<Unchanged registration={registration} changes={preview.changes} />}
      onSend={() => void send()}
    />
  );
}

function CheckReturned({ requestId }: { readonly requestId: string }): ReactNode {
  const registrationId = useAccount().registrationId as string;
  const query = useQuery({
    queryKey: ['checking', registrationId, requestId],
    queryFn: async () => {
      const path = { id: requestId };
      return {
        request: await ok(api.GET('/api/v1/change-requests/{id}', { params: { path } })),
        registration: await ok(
          api.GET('/api/v1/registrations/{id}', { params: { path: { id: registrationId } } }),
        ),
      };
    },
    staleTime: 0,
    gcTime: 0,
  });
  return <LoadedPage query={query}>{(loaded) => <ReturnedChecked {...loaded} />}</LoadedPage>;
}

function ReturnedChecked({
  request,
  registration,
}: {
  readonly request: ChangeRequestResponse;
  readonly registration: RegistrationResponse;
}): ReactNode {
  const leave = useLeave();
  const { send, pending, problem } = useSend(
    () =>
      ok(
        api.POST('/api/v1/change-requests/{id}/submit', {
          params: { path: { id: request.id }, header: ifMatch(request.version) },
        }),
      ),
    leave,
  );
  if (request.status !== 'returned') return <Navigate to={`/change-requests/${request.id}`} replace />;
  const proved = new Set(
    request.verifications.filter(({ verifiedAt }) => verifiedAt).map(({ email }) => email),
  );
  const newMailboxes = newMailboxesIn(request.changes).filter((email) => !proved.has(email));
  return (
    <CheckPage
      eyebrow={`${request.municipality}　変更届 ${request.number}`}
      preview={{
        changes: request.changes,
        newMailboxes,
        appliesAtOnce: false,
        notified: [request.proposedByMailbox ?? ''].filter(Boolean),
        effectiveOn: request.effectiveOn,
        reviewBusinessDays: null,
      }}
      comment={request.comment ?? ''}
      editAt={editPath(request.id)}
      savedAt={null}
      pending={pending}
      problem={problem}
      unchanged={<Unchanged registration={registration} changes={request.changes} />}
      onSend={() => void send()}
    />
  );
}

/** To the change request that was sent. What was read before of any of it is read anew. */
function useLeave(): (sent: ChangeRequestResponse) => Promise<void> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return async (sent) => {
    void navigate(`/change-requests/${sent.id}?sent=1`, { replace: true });
    await Promise.all(
      ['change-requests', 'registrations', 'drafts'].map((name) =>
        queries.invalidateQueries({ queryKey: [name] }),
      ),
    );
  };
}
