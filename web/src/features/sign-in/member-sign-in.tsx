import type { ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { session } from '../../api/session';
import { useTitle } from '../../ui/page';
import { CodeSignIn } from './code-sign-in';
import { whereTo } from './where-to';

export default function MemberSignIn(): ReactNode {
  useTitle('ログイン');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (
    <div className="wrap">
      <div className="narrow">
        <CodeSignIn
          onDone={(answer) => {
            session.entered(answer);
            void navigate(whereTo(search.get('from'), 'member'), { replace: true });
          }}
        />
        <section className="help">
          <h2>ほかのお手続き</h2>
          <ul className="bullets">
            <li>
              <Link to="/k">年度確認のメールに「変更はありません」と答える</Link>（ログインは必要ありません）
            </li>
            <li>
              <Link to="/v">新しいアドレスに届いたコードを入力する</Link>（ログインは必要ありません）
            </li>
            <li>
              <Link to="/recover">登録したアドレスがどれも使えなくなった</Link>
            </li>
            <li>
              <Link to="/apply">まだ登録していない自治体の申込み</Link>
            </li>
          </ul>
        </section>
      </div>
    </div>
  );
}
