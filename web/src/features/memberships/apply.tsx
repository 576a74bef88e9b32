import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { AppliedResponse, ApplyDto } from '../../api/schema';
import { Button, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed } from '../../ui/notice';
import { CodeField, DepartmentFields, PersonFields, useOfficeForm } from '../../ui/office-fields';
import { StepTitle, useTitle } from '../../ui/page';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { type ApplyField, LABELS, toApplication } from './apply-values';

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
  const { send, pending, problem } = useSend(
    (body: ApplyDto) => ok(api.POST('/api/v1/applications', { body })),
    onApplied,
  );
  const form = useOfficeForm<ApplyField>(LABELS, problem);
  const { field, mistakes, values } = form;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(toApplication(values));
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary mistakes={mistakes} />
      <StepTitle arriving>登録の申込み</StepTitle>
      <p className="lead">
        まだ登録していない自治体の担当部署を、新しく登録するための申込みです。申し込むと、所属アドレスに確認コードが届きます。
      </p>
      <h2 className="mt-8">自治体</h2>
      <CodeField field={field} />
      <TextField
        {...field('mainPhone')}
        hint="役所・役場の代表の電話番号です。例　0155-00-2110"
        type="tel"
        width="short"
        need="required"
      />
      <h2 className="mt-12">担当部署</h2>
      <DepartmentFields
        {...form}
        emailHint="部署で共有しているアドレスです。ここに確認コードが届きます。"
        afterName={<TextField {...field('departmentKana')} />}
      />
      <h2 className="mt-12">担当者（正）</h2>
      <PersonFields field={field} />
      <h2 className="mt-12">申し込む方</h2>
      <TextField
        {...field('applicantName')}
        hint="担当者と同じ方でもかまいません。"
        width="short"
        need="required"
      />
      <TextArea {...field('comment')} hint="参加の希望の時期など" need="optional" />
      <Failed problem={mistakes.length === 0 ? problem : null} />
      {problem?.is('already-registered') && (
        <p className="mt-4">
          登録されたアドレスをお使いの方は<Link to="/sign-in">ログイン</Link>
          へ、どのアドレスも使えないときは
          <Link to="/recover">アドレスが使えなくなったときの申出</Link>へお進みください。
        </p>
      )}
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
                  <When at={applied.expiresAt} as="until" />
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
