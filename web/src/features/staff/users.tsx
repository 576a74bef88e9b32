import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { usersQuery } from '../../api/users';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { StackedTable } from '../../ui/table';
import { Mailbox, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { ACCOUNT_POINTERS, accountChecks, AccountFields, type AccountValues } from './account-fields';
import { roleNames, STATUSES } from './roles';

/** 利用者: who works here, and what they may do. */
export default function Users(): ReactNode {
  const query = useQuery(usersQuery());
  return (
    <Page
      heading="利用者"
      title="利用者"
      width="full"
      lead="事務局のアカウントです。自治体の方は、アドレスに届くコードでログインします。"
    >
      <Loaded query={query}>
        {({ items }) => (
          <StackedTable
            caption="事務局の利用者"
            heads={['氏名', 'メールアドレス', '役割', '状態', '最後のログイン']}
            className="mt-8"
          >
            {items.map((user) => (
              <tr key={user.id} role="row">
                <th scope="row" role="rowheader">
                  <Link to={`/staff/users/${user.id}`}>{user.name}</Link>
                </th>
                <td role="cell">
                  <Mailbox>{user.email}</Mailbox>
                </td>
                <td role="cell">{roleNames(user.roles)}</td>
                <td role="cell">
                  <Tag tone={user.status === 'active' ? 'ok' : user.status === 'invited' ? 'key' : 'plain'}>
                    {STATUSES[user.status]}
                  </Tag>
                </td>
                <td role="cell" data-l="最後のログイン">
                  {user.lastSignInAt ? <When at={user.lastSignInAt} as="time" /> : 'まだありません'}
                </td>
              </tr>
            ))}
          </StackedTable>
        )}
      </Loaded>
      <Invite />
    </Page>
  );
}

const EMPTY: AccountValues = { email: '', name: '', roles: ['reviewer'] };

/** A number and a code are mailed; the rest the invited person sets up alone. */
function Invite(): ReactNode {
  const client = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  const [tried, setTried] = useState(0);
  const [invited, setInvited] = useState<string | null>(null);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/users', { body: { ...values, roles: [...values.roles] } })),
  );
  const checks = accountChecks(values);
  const mistakes = useMistakes(problem, ACCOUNT_POINTERS, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    setInvited(null);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (!answer) return;
    setValues(EMPTY);
    setTried(0);
    setInvited(answer.email);
    announce(`${answer.email} に案内をお送りしました。`);
    void client.invalidateQueries({ queryKey: ['users'] });
  };
  return (
    <section className="narrow mt-12" aria-labelledby="invite">
      <h2 id="invite">職員を追加する</h2>
      <p className="mt-2">
        入力したアドレスに、番号とコードの書かれた案内をお送りします。パスワードと確認アプリは、ご本人が設定します。
      </p>
      {invited && (
        <Notice tone="ok" className="mt-4">
          <p>
            <Mailbox>{invited}</Mailbox> に案内をお送りしました。
          </p>
        </Notice>
      )}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className="mt-4">
          <ErrorSummary mistakes={mistakes} />
        </div>
        <AccountFields values={values} onChange={setValues} mistakes={mistakes} />
        <div className="btns mt-6">
          <Button size="m" main type="submit" pending={pending}>
            案内を送る
          </Button>
        </div>
        <Failed problem={mistakes.length === 0 ? problem : null} />
      </form>
    </section>
  );
}
