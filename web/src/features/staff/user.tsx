import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { StaffResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { dateWithEra, When } from '../../ui/text';
import { useEdited } from '../../ui/use-edited';
import { useSend } from '../../ui/use-send';
import { ACCOUNT_POINTERS, accountChecks, AccountFields, type AccountValues } from './account-fields';
import { roleNames, STATUSES } from './roles';
import { Sessions } from './sessions';

/** One account: what it may do, whether it is open, and where it is signed in. */
export default function User(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['users', id],
    queryFn: () => ok(api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
    refetchOnWindowFocus: false,
  });
  return (
    <LoadedPage query={query}>
      {(found) => (
        <Page
          heading={`${found.name} さん`}
          title={`${found.name}さんのアカウント`}
          eyebrow={STATUSES[found.status]}
          width="narrow"
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to="/staff/users">
                利用者の一覧へ
              </Link>
            </p>
          }
        >
          <Content user={found} key={found.id} />
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ user }: { readonly user: StaffResponse }): ReactNode {
  const [done, setText] = useState<string | null>(null);
  const setDone = (text: string | null): void => {
    setText(text);
    if (text !== null) backToHeading();
  };
  return (
    <>
      <dl className="facts small">
        <div>
          <dt>追加した日</dt>
          <dd>{dateWithEra(user.createdAt)}</dd>
        </div>
        <div>
          <dt>最後のログイン</dt>
          <dd>{user.lastSignInAt ? <When at={user.lastSignInAt} as="time" /> : 'まだありません'}</dd>
        </div>
      </dl>
      <p className="small mt-1">
        <Link className="inline-block py-0.5" to={`/staff/audit?accountId=${user.id}`}>
          この方の操作の記録
        </Link>
      </p>
      {done && (
        <Notice tone="ok" className="mt-6" live key={done}>
          <p>{done}</p>
        </Notice>
      )}
      <Change user={user} onDone={setDone} />
      <Door user={user} onDone={setDone} />
      <Sessions accountId={user.id} />
    </>
  );
}

interface PartProps {
  readonly user: StaffResponse;
  readonly onDone: (text: string | null) => void;
}

const valuesOf = ({ email, name, roles }: StaffResponse): AccountValues => ({ email, name, roles });

function Change({ user, onDone }: PartProps): ReactNode {
  const client = useQueryClient();
  const edited = useEdited(valuesOf(user), user.version);
  const { values, newer } = edited;
  const [tried, setTried] = useState(0);
  const { send, pending, problem, clear } = useSend((version: number) =>
    ok(
      api.PATCH('/api/v1/users/{id}', {
        params: { path: { id: user.id }, header: ifMatch(version) },
        body: { email: values.email, name: values.name, roles: [...values.roles] },
      }),
    ),
  );
  const checks = accountChecks(values);
  const mistakes = useMistakes(problem, ACCOUNT_POINTERS, tried, checks);
  /** @param version what it takes the place of */
  const save = async (version: number): Promise<void> => {
    setTried(tried + 1);
    onDone(null);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send(version);
    if (answer) edited.saved(answer, valuesOf(answer));
    await client.invalidateQueries({ queryKey: ['users'] });
    if (answer) onDone('変更しました。');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (newer) leadToNewer();
    else void save(edited.version);
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    onDone('新しい内容を読み込みました。');
  };
  return (
    <section className="mt-8" aria-labelledby="change">
      <h2 id="change">アカウントの内容</h2>
      <form onSubmit={submit} noValidate>
        <div className="mt-4">
          <ErrorSummary mistakes={mistakes} />
        </div>
        <AccountFields values={values} onChange={edited.set} mistakes={mistakes} />
        <p className="hint mt-3">
          アドレスを変えると、この方のログインはすべて終わり、古いアドレスと新しいアドレスの両方にお知らせします。
        </p>
        <div className="btns mt-4">
          <Button size="m" main type="submit" pending={pending}>
            変更する
          </Button>
        </div>
        {newer && (
          <Newer
            fields={differences(values, newer)}
            pending={pending}
            onTake={take}
            onSave={() => void save(user.version)}
          />
        )}
        <Failed problem={mistakes.length > 0 || newer ? null : problem} />
      </form>
    </section>
  );
}

const differences = (typed: AccountValues, newer: AccountValues): (readonly [string, string])[] => {
  const fields = [
    ['氏名', typed.name, newer.name],
    ['メールアドレス', typed.email, newer.email],
    ['役割', roleNames(typed.roles), roleNames(newer.roles)],
  ] as const;
  return fields.filter(([, ours, theirs]) => ours !== theirs).map(([name, , theirs]) => [name, theirs]);
};

const DOORS = {
  invite: {
    path: '/api/v1/users/{id}/invite',
    text: '案内をもう一度送る',
    said: '案内をもう一度お送りしました。',
  },
  disable: {
    path: '/api/v1/users/{id}/disable',
    text: 'アカウントを停止する',
    said: '停止しました。ログインはすべて終わりました。',
  },
  enable: {
    path: '/api/v1/users/{id}/enable',
    text: '利用を再開する',
    said: '再開しました。',
  },
} as const;
type Way = keyof typeof DOORS;

/** What can be done with the account as a whole. Closing asks once more, on the page. */
function Door({ user, onDone }: PartProps): ReactNode {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const { send, pending, problem } = useSend((way: Way) =>
    ok(api.POST(DOORS[way].path, { params: { path: { id: user.id } } })),
  );
  const run = async (way: Way): Promise<void> => {
    onDone(null);
    const answer = await send(way);
    await client.invalidateQueries({ queryKey: ['users'] });
    setSure(false);
    if (answer) onDone(DOORS[way].said);
  };
  const closed = user.status === 'disabled';
  return (
    <section className="mt-12" aria-labelledby="door">
      <h2 id="door">案内と停止</h2>
      <p className="mt-2">
        {closed
          ? 'このアカウントは停止しています。再開すると、これまでのパスワードと確認アプリでログインできます。'
          : 'パスワードや確認アプリが使えなくなったときは、案内をもう一度送ると、はじめから設定し直せます。'}
      </p>
      <div className="btns mt-4">
        {closed ? (
          <Button size="m" pending={pending} onClick={() => void run('enable')}>
            {DOORS.enable.text}
          </Button>
        ) : (
          <>
            <Button size="m" pending={pending} onClick={() => void run('invite')}>
              {DOORS.invite.text}
            </Button>
            <Button size="m" aria-expanded={sure} onClick={() => setSure(!sure)}>
              {DOORS.disable.text}
            </Button>
          </>
        )}
      </div>
      {sure && (
        <div className="notice warn mt-4">
          <p>
            {user.name} さんは、すぐにログインできなくなります。担当していた仕事は、全員のものに戻ります。
          </p>
          <div className="btns mt-3">
            <Button size="s" main pending={pending} onClick={() => void run('disable')}>
              停止する
            </Button>
            <Button size="s" onClick={() => setSure(false)}>
              やめる
            </Button>
          </div>
        </div>
      )}
      <Failed problem={problem} />
    </section>
  );
}
