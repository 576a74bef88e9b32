import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import type { ChangeRequestResponse, HandoverDto, RegistrationResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { useSend } from '../../ui/use-send';
import { CheckPage } from './check-page';
import { HandoverForm } from './handover-form';
import { type HandoverValues, incomingOf, startValues, toHandover } from './handover-values';
import type { Outlook } from './next-steps';
import { sendingKey } from './sending-key';

/** 引継ぎ: who leaves, who comes, from when. The form and the look before sending share what was typed. */
export default function Handover(): ReactNode {
  const registrationId = useAccount().registrationId as string;
  const [search] = useSearchParams();
  const again = search.get('again');
  const query = useQuery({
    queryKey: ['handover', registrationId, again],
    queryFn: () => load(registrationId, again),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Loaded query={query}>{(loaded) => <Steps {...loaded} />}</Loaded>;
}

interface LoadedHandover {
  readonly registration: RegistrationResponse;
  /** One that came back. */
  readonly request: ChangeRequestResponse | null;
}

async function load(registrationId: string, again: string | null): Promise<LoadedHandover> {
  const [registration, request] = await Promise.all([
    ok(api.GET('/api/v1/registrations/{id}', { params: { path: { id: registrationId } } })),
    again === null ? null : ok(api.GET('/api/v1/change-requests/{id}', { params: { path: { id: again } } })),
  ]);
  return { registration, request };
}

function Steps({ registration, request }: LoadedHandover): ReactNode {
  const [values, setValues] = useKept(registration, request);
  const [preview, setPreview] = useState<Outlook | null>(null);
  const asking = useSend((next: HandoverValues) => ask(registration, request, toHandover(next)), setPreview);
  const sending = useSending(registration, request);
  if (registration.contacts.length === 0) return <Nobody />;
  if (preview) {
    return (
      <CheckPage
        eyebrow={registration.prefecture + registration.municipality}
        preview={preview}
        comment={values.comment}
        onBack={() => setPreview(null)}
        savedAt={null}
        pending={sending.pending}
        problem={sending.problem}
        onSend={() => void sending.send(values)}
      />
    );
  }
  return (
    <HandoverForm
      registration={registration}
      request={request}
      initial={values}
      pending={asking.pending}
      problem={asking.problem}
      onChange={setValues}
      onSubmit={(next) => void asking.send(next)}
    />
  );
}

/** Of a returned one there is no preview: it stands in its own way. What it says is known here all the same. */
async function ask(
  registration: RegistrationResponse,
  request: ChangeRequestResponse | null,
  body: HandoverDto,
): Promise<Outlook> {
  if (request === null) {
    return ok(
      api.POST('/api/v1/registrations/{id}/handovers/preview', {
        params: { path: { id: registration.id } },
        body,
      }),
    );
  }
  const path = { id: request.id };
  const now = await ok(api.GET('/api/v1/change-requests/{id}', { params: { path } }));
  const edited = await ok(
    api.PUT('/api/v1/change-requests/{id}/handover', {
      params: { path, header: { 'If-Match': `"${now.version}"` } },
      body,
    }),
  );
  return {
    changes: edited.changes,
    newMailboxes: body.incoming.email === null ? [] : [body.incoming.email],
    appliesAtOnce: false,
    notified: [edited.proposedByMailbox ?? ''].filter(Boolean),
    effectiveOn: body.effectiveOn,
    reviewBusinessDays: null,
  };
}

function useSending(registration: RegistrationResponse, request: ChangeRequestResponse | null) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useSend(async (values: HandoverValues) => {
    const body = toHandover(values);
    const sent = request
      ? await submitAgain(request.id)
      : await ok(
          api.POST('/api/v1/registrations/{id}/handovers', {
            params: {
              path: { id: registration.id },
              header: {
                'If-Match': `"${registration.version}"`,
                'Idempotency-Key': sendingKey(registration.id + JSON.stringify(body)),
              },
            },
            body,
          }),
        );
    sessionStorage.removeItem(keptKey(registration.id));
    await queries.invalidateQueries({ queryKey: ['change-requests'] });
    void navigate(`/change-requests/${sent.id}?sent=1`, { replace: true });
  });
}

async function submitAgain(id: string): Promise<ChangeRequestResponse> {
  const path = { id };
  const { version } = await ok(api.GET('/api/v1/change-requests/{id}', { params: { path } }));
  return ok(
    api.POST('/api/v1/change-requests/{id}/submit', {
      params: { path, header: { 'If-Match': `"${version}"` } },
    }),
  );
}

const keptKey = (registrationId: string): string => `handover:${registrationId}`;

/** What was typed outlives a reload of this window; the server's drafts are of whole registrations. */
function useKept(
  registration: RegistrationResponse,
  request: ChangeRequestResponse | null,
): [HandoverValues, (values: HandoverValues) => void] {
  const key = keptKey(registration.id);
  const [values, setValues] = useState<HandoverValues>(() => {
    const kept = request ? null : sessionStorage.getItem(key);
    if (kept !== null) return JSON.parse(kept) as HandoverValues;
    return request ? incomingOf(registration, request) : startValues(registration);
  });
  return [
    values,
    (next) => {
      setValues(next);
      if (!request) sessionStorage.setItem(key, JSON.stringify(next));
    },
  ];
}

const Nobody = (): ReactNode => (
  <Page heading="引き継ぐ担当者がいません" title="引継ぎ" width="narrow">
    <p className="lead">担当者が登録されていません。「登録を修正する」から、担当者を加えてください。</p>
  </Page>
);
