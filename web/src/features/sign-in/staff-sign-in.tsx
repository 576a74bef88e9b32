import type { ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { session } from '../../api/session';
import { StepTitle, useTitle } from '../../ui/page';
import { PasswordSignIn } from './password-sign-in';
import { whereTo } from './where-to';

export default function StaffSignIn(): ReactNode {
  useTitle('事務局の方のログイン');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (
    <div className="wrap">
      <div className="narrow">
        <PasswordSignIn
          heading={<StepTitle arriving>事務局の方のログイン</StepTitle>}
          onDone={(answer) => {
            session.entered(answer);
            void navigate(whereTo(search.get('from'), 'staff'), { replace: true });
          }}
        />
        <section className="help">
          <h2>はじめて使うとき</h2>
          <p>
            案内のメールに書かれた番号とコードで、<Link to="/i">アカウントを設定</Link>してください。
          </p>
        </section>
      </div>
    </div>
  );
}
