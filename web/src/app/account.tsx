import { lazy, type ReactNode, Suspense } from 'react';
import { useAccount } from '../api/hooks';
import { session } from '../api/session';
import { Sessions } from '../features/accounts/sessions';
import { Button } from '../ui/controls';
import { Loading } from '../ui/loaded';
import { Page } from '../ui/page';

const OwnCredentials = lazy(() => import('../features/credentials/own-credentials'));

/** Where one is signed in; for staff also how. */
export default function Account(): ReactNode {
  const account = useAccount();
  const member = account.kind === 'member';
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
        <Button plain onClick={() => void session.leave(true)}>
          すべての画面からログアウトする
        </Button>
      </p>
    </Page>
  );
}
