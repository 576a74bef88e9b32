import { lazy, type ReactNode, Suspense } from 'react';
import { useAccount } from '../api/hooks';
import { session } from '../api/session';
import { Sessions } from '../features/accounts/sessions';
import { Button } from '../ui/controls';
import { Loading } from '../ui/loaded';
import { Failed } from '../ui/notice';
import { Page } from '../ui/page';
import { useSend } from '../ui/use-send';

const OwnCredentials = lazy(() => import('../features/credentials/own-credentials'));

/** Where one is signed in; for staff also how. */
export default function Account(): ReactNode {
  const account = useAccount();
  const member = account.kind === 'member';
  const { send, pending, problem } = useSend(() => session.leave(true));
  return (
    <Page
      heading={member ? 'ログインの状況' : '自分のログインと確認アプリ'}
      title={member ? 'ログインの状況' : '自分のログインと確認アプリ'}
      eyebrow={account.municipality ?? account.email}
      lead={
        member
          ? 'このアドレスで受け取ったコードでログインしている方の一覧です。心当たりのないものは、終わらせてください。'
          : '心当たりのないログインは、終わらせてください。'
      }
    >
      <Sessions />
      {!member && (
        <Suspense fallback={<Loading />}>
          <OwnCredentials />
        </Suspense>
      )}
      <p className="mt-8">
        <Button plain pending={pending} onClick={() => void send()}>
          すべての画面からログアウトする
        </Button>
      </p>
      <Failed problem={problem} />
    </Page>
  );
}
