import type { ReactNode } from 'react';
import type { AccountResponse } from '../api/schema';
import { session } from '../api/session';
import { CodeSignIn } from '../features/sign-in/code-sign-in';
import { PasswordSignIn } from '../features/sign-in/password-sign-in';
import { useTitle } from '../ui/page';

const heading = (text: string, lead: ReactNode): ReactNode => (
  <>
    <h1 tabIndex={-1}>{text}</h1>
    {lead && <p className="lead">{lead}</p>}
  </>
);

/** Over the page on which somebody worked; what they typed waits below. */
export default function SignInAgain({ account }: { readonly account: AccountResponse }): ReactNode {
  useTitle('もう一度ログインしてください');
  return (
    <div className="wrap">
      <div className="narrow">
        <div className="notice warn mb-8" role="status">
          <p>
            <strong>ログインの有効期間が終わりました。</strong>
          </p>
          <p>入力した内容は残っています。ログインすると、続きから入力できます。</p>
        </div>
        {account.kind === 'staff' ? (
          <PasswordSignIn
            heading={heading('もう一度ログインしてください', null)}
            email={account.email}
            onDone={(answer) => session.entered(answer)}
          />
        ) : (
          <CodeSignIn
            heading={heading}
            email={account.email}
            name={account.name}
            onDone={(answer) => session.entered(answer)}
          />
        )}
      </div>
    </div>
  );
}
