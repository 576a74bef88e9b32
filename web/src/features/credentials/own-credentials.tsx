import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { FactorResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { RecoveryCodes } from '../../ui/second-factor';
import { Hidden, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { AddFactor } from './add-factor';
import { ChangePassword } from './change-password';

export const factorsQuery = () => ({
  queryKey: ['factors'],
  queryFn: () => ok(api.GET('/api/v1/me/factors')),
});

/** A member of staff's own apps, recovery codes and password. Each change asks for a code of the app first. */
export default function OwnCredentials(): ReactNode {
  const query = useQuery(factorsQuery());
  return (
    <>
      <section className="mt-12" aria-labelledby="factors">
        <h2 id="factors" tabIndex={-1}>
          確認アプリ
        </h2>
        <p className="mt-2">ログインのたびに、このどれかに表示されるコードを使います。</p>
        <Loaded query={query}>
          {({ items }) => (
            <ul className="list mt-2 border-t-2">
              {items
                .filter(({ confirmed }) => confirmed)
                .map((factor) => (
                  <Factor key={factor.id} factor={factor} />
                ))}
            </ul>
          )}
        </Loaded>
        <AddFactor />
      </section>
      <Codes left={query.data?.recoveryCodesLeft} />
      <ChangePassword />
    </>
  );
}

function Factor({ factor }: { readonly factor: FactorResponse }): ReactNode {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const { send, pending, problem } = useSend(async () => {
    await ok(api.DELETE('/api/v1/me/factors/{id}', { params: { path: { id: factor.id } } }));
    return true;
  });
  const remove = async (): Promise<void> => {
    if (!(await send())) return;
    announce(`確認アプリ「${factor.name}」を外しました。`);
    document.getElementById('factors')?.focus();
    void client.invalidateQueries({ queryKey: ['factors'] });
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <p>
        {factor.name}
        <br />
        <span className="small quiet">
          登録{'　'}
          <When at={factor.createdAt} />
          {factor.lastUsedAt && (
            <>
              {'　'}最後に使った日{'　'}
              <When at={factor.lastUsedAt} />
            </>
          )}
        </span>
      </p>
      <div className="flex flex-wrap gap-3">
        {sure && (
          <Button size="s" main pending={pending} onClick={() => void remove()}>
            外す<Hidden>（{factor.name}）</Hidden>
          </Button>
        )}
        <Button size="s" aria-expanded={sure} onClick={() => setSure(!sure)}>
          {sure ? 'やめる' : 'このアプリを外す'}
          <Hidden>（{factor.name}）</Hidden>
        </Button>
      </div>
      <Failed problem={problem} />
    </li>
  );
}

/** Few are left long before the last is used. */
const FEW = 3;

function Codes({ left }: { readonly left: number | undefined }): ReactNode {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(() => ok(api.POST('/api/v1/me/recovery-codes')));
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await send();
    if (!answer) return;
    setCodes(answer.codes);
    announce('新しい予備コードを作りました。');
    void client.invalidateQueries({ queryKey: ['factors'] });
  };
  return (
    <section className="mt-12" aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">予備コード</h2>
      {left !== undefined && (
        <p className="mt-2">
          {left === 0 ? '残っていません。' : `残りは${left}個です。`}{' '}
          {left <= FEW && <Tag tone="warn">作り直してください</Tag>}
        </p>
      )}
      {codes && <RecoveryCodes codes={codes} />}
      <form className="btns mt-4" onSubmit={(event) => void renew(event)}>
        <Button size="m" type="submit" pending={pending} pendingText="作っています">
          予備コードを作り直す
        </Button>
      </form>
      <p className="hint mt-2">作り直すと、これまでの予備コードは使えなくなります。</p>
      <Failed problem={problem} />
    </section>
  );
}
