import { type ReactNode, useEffect } from 'react';
import type { AccountResponse } from '../api/schema';
import { session } from '../api/session';
import { CodeSignIn } from '../features/sign-in/code-sign-in';
import { PasswordSignIn } from '../features/sign-in/password-sign-in';
import { announce } from '../ui/announce';
import { StepTitle, useTitle } from '../ui/page';

/** Over the page on which somebody worked; what they typed waits below. */
export default function SignInAgain({ account }: { readonly account: AccountResponse }): ReactNode {
  useTitle('もう一度ログインしてください');
  useEffect(() => announce('ログインが終わりました。入力した内容は残っています。'), []);
  useOtherTabs();
  return (
    <div className="wrap">
      <div className="narrow">
        <div className="notice warn mb-8">
          <p>
            <strong>ログインが終わりました。</strong>
          </p>
          <p>
            有効期間が過ぎたか、ほかの画面でログアウトしたか、
            {account.kind === 'staff' ? 'パスワードや確認アプリの設定' : '登録のアドレス'}
            が変わったためです。入力した内容は残っています。ログインすると、続けられます。
          </p>
        </div>
        {account.kind === 'staff' ? (
          <PasswordSignIn
            heading={<StepTitle>もう一度ログインしてください</StepTitle>}
            email={account.email}
            onDone={(answer) => session.entered(answer)}
          />
        ) : (
          <CodeSignIn
            again
            email={account.email}
            name={account.name}
            onDone={(answer) => session.entered(answer)}
          />
        )}
      </div>
    </div>
  );
}

/** Somebody may sign in in another tab of this browser: looked for whenever this one is looked at. */
function useOtherTabs(): void {
  useEffect(() => {
    const look = (): void => void session.token().catch(() => null);
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
