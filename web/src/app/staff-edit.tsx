import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ok } from '../api/client';
import { ifMatch } from '../api/etag';
import { useAccount } from '../api/hooks';
import { asProblem } from '../api/problem';
import type { ChangeRequestPreviewResponse, RegistrationResponse } from '../api/schema';
import { useSendingKey } from '../api/use-sending-key';
import { CheckPage } from '../features/change-requests/check-page';
import { type FormValues, toProposed, toValues } from '../features/change-requests/form-values';
import { MergeDraft } from '../features/change-requests/merge-draft';
import { useOfficeDraft } from '../features/change-requests/office-draft';
import { RegistrationForm } from '../features/change-requests/registration-form';
import { Unchanged } from '../features/registry/unchanged';
import { Button } from '../ui/controls';
import { Loaded } from '../ui/loaded';
import { Notice } from '../ui/notice';
import { useHeadingFocus, useTitle } from '../ui/page';
import { useSend } from '../ui/use-send';

/** A change that the office sends for a municipality, say after a telephone call. Somebody else decides it. */
export default function StaffEdit(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['staff-editing', id],
    queryFn: () => ok(api.GET('/api/v1/registrations/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Loaded query={query}>{(registration) => <Steps registration={registration} />}</Loaded>;
}

const bodyOf = (values: FormValues) => ({
  proposed: toProposed(values),
  comment: values.comment.trim() || null,
});

function Steps({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const draft = useOfficeDraft(registration, useAccount().accountId ?? '');
  const { values, keep, forget } = draft;
  const [preview, setPreview] = useState<ChangeRequestPreviewResponse | null>(null);
  const asking = useSend((next: FormValues) => {
    keep(next);
    return ok(
      api.POST('/api/v1/registrations/{id}/change-requests/preview', {
        params: { path: { id: registration.id } },
        body: bodyOf(next),
      }),
    );
  }, setPreview);
  const sending = useSending(registration, forget);
  if (draft.baseVersion !== registration.version) {
    return (
      <MergeDraft
        registration={registration}
        baseVersion={draft.baseVersion}
        values={values}
        onMerged={(merged) => {
          draft.merged(merged);
          // What was looked at before is not what would be sent now.
          setPreview(null);
        }}
      />
    );
  }
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
        unchanged={<Unchanged registration={registration} changes={preview.changes} />}
        onSend={() => void sending.send(values)}
      />
    );
  }
  return (
    <div className="wrap">
      <div className="text-col">
        <RegistrationForm
          initial={values}
          original={toValues(registration)}
          onChange={keep}
          onSubmit={(next) => void asking.send(next)}
          pending={asking.pending}
          problem={asking.problem}
          heading={<Heading registration={registration} found={draft.found} />}
          foot={
            <p className="mt-4">
              <Button
                plain
                className="small"
                onClick={() => {
                  forget();
                  window.location.assign(`/staff/registrations/${registration.id}`);
                }}
              >
                入力した内容を消して戻る
              </Button>
            </p>
          }
        />
      </div>
    </div>
  );
}

function Heading({
  registration,
  found,
}: {
  readonly registration: RegistrationResponse;
  readonly found: boolean;
}): ReactNode {
  useTitle('自治体に代わる届出');
  const heading = useHeadingFocus();
  return (
    <>
      <p className="back">
        <Link to={`/staff/registrations/${registration.id}`}>{registration.municipality}の登録</Link>
      </p>
      <p className="eyebrow">
        {registration.prefecture}
        {registration.municipality}
      </p>
      <h1 tabIndex={-1} ref={heading}>
        自治体に代わって変更を届け出る
      </h1>
      <p className="lead">
        電話などで聞いた変更を届け出ます。ご自分が出した変更届は、ほかの職員が内容を確認します。自治体には、届出と結果をメールでお知らせします。
      </p>
      {found && (
        <Notice className="mt-6">
          <p>入力の続きを開きました。</p>
        </Notice>
      )}
    </>
  );
}

function useSending(registration: RegistrationResponse, forget: () => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const key = useSendingKey();
  return useSend(
    async (values: FormValues) => {
      const path = { id: registration.id };
      const header = {
        ...ifMatch(registration.version),
        'Idempotency-Key': key.keyOf(registration.id + JSON.stringify(values)),
      };
      try {
        return await ok(
          api.POST('/api/v1/registrations/{id}/change-requests', {
            params: { path, header },
            body: bodyOf(values),
          }),
        );
      } catch (error) {
        // It can't be sent against this version any more: the newest leads into the merge.
        if (asProblem(error).is('stale-version')) {
          await queries.invalidateQueries({ queryKey: ['staff-editing', registration.id] });
        }
        throw error;
      }
    },
    async (sent) => {
      key.done();
      forget();
      await queries.invalidateQueries({ queryKey: ['change-requests'] });
      void navigate(`/staff/review/${sent.id}`, { replace: true });
    },
  );
}
