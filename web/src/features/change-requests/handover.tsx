import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { useAccount } from '../../api/hooks';
import { useSendingKey } from '../../api/use-sending-key';
import type { ChangeRequestResponse, HandoverDto, RegistrationResponse } from '../../api/schema';
import { LoadedPage } from '../../ui/loaded-page';
import { Page } from '../../ui/page';
import { useSend } from '../../ui/use-send';
import { CheckPage } from './check-page';
import { HandoverForm } from './handover-form';
import { type HandoverValues, incomingOf, startValues, toHandover } from './handover-values';
import type { Outlook } from './next-steps';

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
  return <LoadedPage query={query}>{(loaded) => <Steps {...loaded} />}</LoadedPage>;
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
  const queries = useQueryClient();
  const [values, setValues, forget] = useKept(registration, request);
  const [version, setVersion] = useState(request?.version ?? registration.version);
  const [outlook, setOutlook] = useState<Outlook | null>(null);
  const asking = useSend(
    (next: HandoverValues) => ask(registration, request, version, toHandover(next)),
    (asked) => {
      setVersion(asked.version);
      setOutlook(asked.outlook);
    },
  );
  const sending = useSending(registration, request, version, forget);
  if (registration.contacts.length === 0) return <Nobody />;
  const back = (): void => {
    setOutlook(null);
    // What is registered, or what somebody else has typed, is another by now.
    if (sending.problem) void queries.resetQueries({ queryKey: ['handover'] });
  };
  if (outlook) {
    return (
      <CheckPage
        eyebrow={registration.prefecture + registration.municipality}
        preview={outlook}
        comment={values.comment}
        onBack={back}
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
      onForget={() => {
        forget();
        void queries.resetQueries({ queryKey: ['handover'] });
      }}
    />
  );
}

/** What sending would do, and the version that a returned one has by then. */
interface Asked {
  readonly outlook: Outlook;
  readonly version: number;
}

/** Of a returned one there is no preview: it stands in its own way. What was typed takes its place, unsent. */
async function ask(
  registration: RegistrationResponse,
  request: ChangeRequestResponse | null,
  version: number,
  body: HandoverDto,
): Promise<Asked> {
  if (request === null) {
    const path = { id: registration.id };
    const outlook = await ok(
      api.POST('/api/v1/registrations/{id}/handovers/preview', { params: { path }, body }),
    );
    return { outlook, version };
  }
  const edited = await ok(
    api.PUT('/api/v1/change-requests/{id}/handover', {
      params: { path: { id: request.id }, header: ifMatch(version) },
      body,
    }),
  );
  const proved = edited.verifications.filter(({ verifiedAt }) => verifiedAt !== null);
  const { email } = body.incoming;
  return {
    version: edited.version,
    outlook: {
      changes: edited.changes,
      newMailboxes: email === null || proved.some((mailbox) => mailbox.email === email) ? [] : [email],
      appliesAtOnce: false,
      notified: [edited.proposedByMailbox ?? ''].filter(Boolean),
      effectiveOn: body.effectiveOn,
      reviewBusinessDays: null,
    },
  };
}

function useSending(
  registration: RegistrationResponse,
  request: ChangeRequestResponse | null,
  version: number,
  forget: () => void,
) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const key = useSendingKey();
  return useSend(
    (values: HandoverValues) =>
      request ? submitAgain(request.id, version) : sendFirst(registration, toHandover(values), key),
    async (sent) => {
      forget();
      void navigate(`/change-requests/${sent.id}?sent=1`, { replace: true });
      await queries.invalidateQueries({ queryKey: ['change-requests'] });
    },
  );
}

async function sendFirst(
  registration: RegistrationResponse,
  body: HandoverDto,
  key: ReturnType<typeof useSendingKey>,
): Promise<ChangeRequestResponse> {
  const text = registration.id + JSON.stringify(body);
  const header = { ...ifMatch(registration.version), 'Idempotency-Key': key.keyOf(text) };
  const sent = await ok(
    api.POST('/api/v1/registrations/{id}/handovers', {
      params: { path: { id: registration.id }, header },
      body,
    }),
  );
  key.done();
  return sent;
}

/** The version that was shown: what somebody else has typed since isn't sent unseen. */
const submitAgain = (id: string, version: number): Promise<ChangeRequestResponse> =>
  ok(
    api.POST('/api/v1/change-requests/{id}/submit', {
      params: { path: { id }, header: ifMatch(version) },
    }),
  );

const keptKey = (registrationId: string): string => `handover:${registrationId}`;

/** What was typed outlives a reload of this window; the server's drafts are of whole registrations. */
function useKept(
  registration: RegistrationResponse,
  request: ChangeRequestResponse | null,
): [HandoverValues, (values: HandoverValues) => void, () => void] {
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
    () => sessionStorage.removeItem(key),
  ];
}

const Nobody = (): ReactNode => (
  <Page heading="引き継ぐ担当者がいません" title="引継ぎ" width="narrow">
    <p className="lead">担当者が登録されていません。「登録を修正する」から、担当者を加えてください。</p>
  </Page>
);
