import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { api, ok } from '../../api/client';
import type { ClaimedResponse, ClaimRecoveryDto } from '../../api/schema';
import { Button, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed, type Mistake } from '../../ui/notice';
import { StepTitle, useTitle } from '../../ui/page';
import { PostalCodeField } from '../../ui/postal-code';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { type ClaimField, EMPTY, LABELS, mistakesOf, toClaim } from './claim-values';

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
  const [values, setValues] = useState(EMPTY);
  const [kind, setKind] = useState<ClaimRecoveryDto['kind']>('lost-address');
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/recoveries', { body: toClaim(values, kind) })),
  );
  const mistakes = useMemo<readonly Mistake[]>(() => mistakesOf(problem), [problem]);
  const set = (name: ClaimField, value: string): void => setValues((all) => ({ ...all, [name]: value }));
  const field = (name: ClaimField) => ({
    id: name,
    label: LABELS[name],
    autoComplete: 'off',
    error: mistakes.find((mistake) => mistake.field === name)?.message.replace(/^[^：]*：/, ''),
    value: values[name],
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await send();
    if (answer) onClaimed(answer);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
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
      <TextField
        {...field('municipalityCode')}
        hint="全国地方公共団体コード（5桁または6桁）です。例　016314（北海道音更町）"
        width="short"
        inputMode="numeric"
        need="required"
      />
      <h2 className="mt-12">いまの担当部署</h2>
      <TextField
        {...field('departmentName')}
        hint="略さずに入力してください。例　企画財政部 企画課"
        need="required"
      />
      <TextField
        {...field('departmentEmail')}
        hint="これから使う、部署で共有しているアドレスです。ここに確認コードが届きます。"
        type="email"
        need="required"
      />
      <div className="pair-fields">
        <TextField {...field('phone')} hint="例　0155-00-2113" type="tel" />
        <TextField {...field('fax')} hint="例　0155-00-2117" type="tel" />
      </div>
      <PostalCodeField
        id="postalCode"
        value={values.postalCode}
        error={field('postalCode').error}
        onChange={(value) => set('postalCode', value)}
        address={values.address}
        onAddress={(value) => set('address', value)}
      />
      <TextField {...field('address')} hint="都道府県から番地まで" />
      <h2 className="mt-12">いまの担当者</h2>
      <div className="pair-fields">
        <TextField {...field('name')} hint="例　小野寺 真理" need="required" />
        <TextField {...field('kana')} hint="例　おのでら まり" />
        <TextField {...field('title')} hint="例　企画調整係主査" />
        <TextField {...field('extension')} hint="例　534" />
      </div>
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
        <When at={claimed.expiresAt} />
        までにコードの入力がないと、申出は取り消されます。
      </p>
    </>
  );
}
