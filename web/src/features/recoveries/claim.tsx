import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { ClaimedResponse, ClaimRecoveryDto } from '../../api/schema';
import { Button, TextArea } from '../../ui/controls';
import { ErrorSummary, Failed } from '../../ui/notice';
import { CodeField, DepartmentFields, PersonFields, useOfficeForm } from '../../ui/office-fields';
import { StepTitle, useTitle } from '../../ui/page';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { LABELS, toClaim } from './claim-values';

/** When nobody can sign in any more: the mailbox is lost, or everyone has left. The office telephones to check. */
export default function Claim(): ReactNode {
  useTitle('アドレスが使えなくなったとき');
  const [claimed, setClaimed] = useState<ClaimedResponse | null>(null);
  return (
    <div className="wrap">
      <div className="narrow">
        {claimed ? <Claimed claimed={claimed} /> : <ClaimForm onClaimed={setClaimed} />}
      </div>
    </div>
  );
}

const KINDS: readonly { readonly kind: ClaimRecoveryDto['kind']; readonly text: string }[] = [
  { kind: 'lost-address', text: '登録したアドレスが使えなくなった' },
  { kind: 'everyone-left', text: '登録した担当者が全員いなくなった' },
];

function ClaimForm({ onClaimed }: { readonly onClaimed: (claimed: ClaimedResponse) => void }): ReactNode {
  const [kind, setKind] = useState<ClaimRecoveryDto['kind']>('lost-address');
  const { send, pending, problem } = useSend(
    (body: ClaimRecoveryDto) => ok(api.POST('/api/v1/recoveries', { body })),
    onClaimed,
  );
  const form = useOfficeForm<'message'>(LABELS, problem);
  const { field, mistakes, values } = form;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(toClaim(values, kind));
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary mistakes={mistakes} />
      <StepTitle arriving>アドレスが使えなくなったとき</StepTitle>
      <p className="lead">
        登録したアドレスのどれでもログインできないときの申出です。事務局が、自治体の公式サイトにある番号にお電話して、確かめます。
      </p>
      <fieldset className="field">
        <legend>どうなりましたか</legend>
        {KINDS.map(({ kind: value, text }) => (
          <label className="check flex" key={value}>
            <input type="radio" name="kind" checked={kind === value} onChange={() => setKind(value)} />
            {text}
          </label>
        ))}
      </fieldset>
      <CodeField field={field} />
      <h2 className="mt-12">いまの担当部署</h2>
      <DepartmentFields
        {...form}
        emailHint="これから使う、部署で共有しているアドレスです。ここに確認コードが届きます。"
      />
      <h2 className="mt-12">いまの担当者</h2>
      <PersonFields field={field} />
      <TextArea
        {...field('message')}
        hint="例　4月の異動で、前任の者が全員いなくなりました。"
        need="optional"
      />
      <Failed problem={mistakes.length === 0 ? problem : null} />
      <div className="btns mt-8">
        <Button main type="submit" pending={pending}>
          申し出る
        </Button>
      </div>
    </form>
  );
}

function Claimed({ claimed }: { readonly claimed: ClaimedResponse }): ReactNode {
  return (
    <>
      <StepTitle>申出を受け付けました</StepTitle>
      <p className="lead">
        受付番号 <strong>{claimed.number}</strong>
      </p>
      <p className="mt-4">{claimed.next}</p>
      <p className="mt-4">
        <When at={claimed.expiresAt} as="until" />
        までにコードの入力がないと、申出は取り消されます。
      </p>
    </>
  );
}
