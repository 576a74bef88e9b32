import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { api, ok } from '../../api/client';
import type { AppliedResponse } from '../../api/schema';
import { Button, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed, type Mistake } from '../../ui/notice';
import { StepTitle, useTitle } from '../../ui/page';
import { PostalCodeField } from '../../ui/postal-code';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { type ApplyField, EMPTY, LABELS, mistakesOf, toApplication } from './apply-values';

/** 登録の申込み: a municipality asks to join. Every mailbox that it names has to answer with a code. */
export default function Apply(): ReactNode {
  useTitle('登録の申込み');
  const [applied, setApplied] = useState<AppliedResponse | null>(null);
  return (
    <div className="wrap">
      <div className="narrow">
        {applied ? <Applied applied={applied} /> : <ApplyForm onApplied={setApplied} />}
      </div>
    </div>
  );
}

function ApplyForm({ onApplied }: { readonly onApplied: (applied: AppliedResponse) => void }): ReactNode {
  const [values, setValues] = useState(EMPTY);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/applications', { body: toApplication(values) })),
  );
  const mistakes = useMemo<readonly Mistake[]>(() => mistakesOf(problem), [problem]);
  const set = (name: ApplyField, value: string): void => setValues((all) => ({ ...all, [name]: value }));
  const field = (name: ApplyField) => ({
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
    if (answer) onApplied(answer);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary mistakes={mistakes} />
      <StepTitle arriving>登録の申込み</StepTitle>
      <p className="lead">
        まだ登録していない自治体の担当部署を、新しく登録するための申込みです。申し込むと、所属アドレスに確認コードが届きます。
      </p>
      <h2 className="mt-8">自治体</h2>
      <TextField
        {...field('municipalityCode')}
        hint="全国地方公共団体コード（5桁または6桁）です。例　016314（北海道音更町）"
        width="short"
        inputMode="numeric"
        need="required"
      />
      <TextField
        {...field('mainPhone')}
        hint="役所・役場の代表の電話番号です。例　0155-00-2110"
        type="tel"
        width="short"
        need="required"
      />
      <h2 className="mt-12">担当部署</h2>
      <TextField
        {...field('departmentName')}
        hint="略さずに入力してください。例　企画財政部 企画課"
        need="required"
      />
      <TextField {...field('departmentKana')} />
      <TextField
        {...field('departmentEmail')}
        hint="部署で共有しているアドレスです。ここに確認コードが届きます。"
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
      <h2 className="mt-12">担当者（正）</h2>
      <div className="pair-fields">
        <TextField {...field('name')} hint="例　小野寺 真理" need="required" />
        <TextField {...field('kana')} hint="例　おのでら まり" />
        <TextField {...field('title')} hint="例　企画調整係主査" />
        <TextField {...field('extension')} hint="例　534" />
      </div>
      <h2 className="mt-12">申し込む方</h2>
      <TextField
        {...field('applicantName')}
        hint="担当者と同じ方でもかまいません。"
        width="short"
        need="required"
      />
      <TextArea {...field('comment')} hint="参加の希望の時期など" need="optional" />
      <Failed problem={mistakes.length === 0 ? problem : null} />
      <div className="btns mt-8">
        <Button main type="submit" pending={pending}>
          申し込む
        </Button>
      </div>
    </form>
  );
}

function Applied({ applied }: { readonly applied: AppliedResponse }): ReactNode {
  return (
    <>
      <StepTitle>申込みを受け付けました</StepTitle>
      <p className="lead">
        {applied.municipality}　受付番号 <strong>{applied.number}</strong>
      </p>
      <section className="next">
        <h2>このあとの流れ</h2>
        <ol className="steps">
          <li>
            <h3>今日、確認コードが届きます</h3>
            <p>
              {applied.awaiting.join('、')}{' '}
              あてのメールに書かれた番号とコードを、メールにあるページで入力してください。
              {applied.expiresAt && (
                <>
                  <When at={applied.expiresAt} />
                  を過ぎると、申込みは取り消されます。
                </>
              )}
            </p>
          </li>
          <li>
            <h3>事務局が内容を確認します</h3>
            <p>お電話で確かめることがあります。</p>
          </li>
          <li>
            <h3>結果をメールでお知らせします</h3>
            <p>登録されると、所属アドレスでログインできるようになります。</p>
          </li>
        </ol>
      </section>
    </>
  );
}
