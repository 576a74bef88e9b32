import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { usePortal } from '../api/hooks';
import type { AccountResponse } from '../api/schema';
import { session } from '../api/session';
import { attentionQuery } from '../features/announcements/reading-queries';
import { Announcements } from '../ui/announce';
import { Button } from '../ui/controls';
import { useSend } from '../ui/use-send';
import { StepUp } from './step-up';

interface Entry {
  readonly to: string;
  readonly text: string;
  readonly roles?: readonly string[];
  /** Whoever has this role has a page of their own for it. */
  readonly unless?: string;
}

const ANNOUNCEMENTS = '/announcements';

const MEMBER: readonly Entry[] = [
  { to: '/', text: 'ホーム' },
  { to: '/registration', text: '登録情報' },
  { to: '/change-requests', text: '変更届の状況' },
  { to: ANNOUNCEMENTS, text: 'お知らせ' },
  { to: '/account', text: 'ログインの状況' },
];

const STAFF: readonly Entry[] = [
  { to: '/staff', text: '今日の仕事' },
  { to: '/staff/review', text: '内容確認' },
  { to: '/staff/registrations', text: '登録自治体' },
  { to: '/staff/freshness', text: '情報の鮮度' },
  { to: '/staff/campaigns', text: '年度確認' },
  { to: '/staff/announcements', text: 'お知らせの編集', roles: ['editor'] },
  { to: ANNOUNCEMENTS, text: 'お知らせ', unless: 'editor' },
  { to: '/staff/mail', text: '送信メール', roles: ['reviewer', 'admin'] },
  { to: '/staff/users', text: '利用者', roles: ['admin'] },
  { to: '/staff/audit', text: '監査ログ', roles: ['admin'] },
  { to: '/staff/settings', text: '設定' },
];

/** What is around every page: the way past it, whose it is, where one can go, whom to call. */
export function Shell({
  account,
  lapsed,
  children,
}: {
  readonly account: AccountResponse | null;
  readonly lapsed: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const staff = account?.kind === 'staff' || window.location.pathname.startsWith('/staff');
  return (
    <div className={staff ? 'staff' : undefined}>
      <a className="skip" href="#main">
        本文へ移動
      </a>
      <Header account={account} lapsed={lapsed} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer staff={account?.kind === 'staff'} lapsed={lapsed} />
      <Announcements />
      {account?.kind === 'staff' && <StepUp lapsed={lapsed} />}
    </div>
  );
}

function Header({
  account,
  lapsed,
}: {
  readonly account: AccountResponse | null;
  readonly lapsed: boolean;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);
  const staff = account?.kind === 'staff';
  const has = (role: string): boolean => account?.roles.includes(role) === true;
  const entries = (staff ? STAFF : MEMBER).filter(
    ({ roles, unless }) => (roles === undefined || roles.some(has)) && (unless === undefined || !has(unless)),
  );
  return (
    <header className={open ? 'site open' : 'site'}>
      <div className="wrap site-top">
        <Link className="brand" to={staff ? '/staff' : '/'}>
          <span>特別区全国連携プロジェクト</span>
          <b>会員用ホームページ{staff && '（事務局）'}</b>
        </Link>
        {account && !lapsed && (
          <>
            <p className="who">
              {account.municipality ?? account.email}
              <br />
              {account.name} さん　
              <SignOut />
            </p>
            <button
              className="menu-btn"
              type="button"
              aria-expanded={open}
              aria-controls="nav"
              onClick={() => setOpen(!open)}
            >
              {open ? '閉じる' : 'メニュー'}
            </button>
          </>
        )}
      </div>
      {account && !lapsed && (
        <nav className="wrap" id="nav" aria-label="主な項目">
          <ul>
            {entries.map(({ to, text }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/' || to === '/staff'}>
                  {text}
                  {to === ANNOUNCEMENTS && !staff && <Unread />}
                </NavLink>
              </li>
            ))}
          </ul>
          <p className="nav-foot">
            <span className="mr-4">{account.municipality ?? account.email}</span>
            {account.name} さん　
            <SignOut />
          </p>
        </nav>
      )}
    </header>
  );
}

/** What was never opened, and what was corrected after it was acknowledged. Not knowing is no error here. */
function Unread(): ReactNode {
  const { unread = 0, again = 0 } = useQuery(attentionQuery()).data ?? {};
  const parts = [unread > 0 && `未読${unread}件`, again > 0 && `再確認${again}件`].filter(Boolean);
  return parts.length > 0 && `（${parts.join('・')}）`;
}

function SignOut(): ReactNode {
  const { send, pending, problem } = useSend(() => session.leave());
  return (
    <>
      <Button
        plain
        size="s"
        className="ml-4"
        pending={pending}
        pendingText="ログアウト"
        onClick={() => void send()}
      >
        ログアウト
      </Button>
      {problem && (
        <span className="err block max-w-80" role="alert">
          {problem.message}
        </span>
      )}
    </>
  );
}

function Footer({ staff, lapsed }: { readonly staff: boolean; readonly lapsed: boolean }): ReactNode {
  const portal = usePortal().data;
  return (
    <footer className="foot">
      <div className="wrap">
        {!staff && portal && (
          <ul>
            <li>
              登録についてのお問い合わせ
              <br />
              <span className="tel">{portal.registrationDesk.phone}</span>
              <br />
              {portal.registrationDesk.name}
            </li>
            <li>
              プロジェクトについてのお問い合わせ
              <br />
              <span className="tel">{portal.projectDesk.phone}</span>
              <br />
              {portal.projectDesk.name}
            </li>
          </ul>
        )}
        <p className="foot-links">
          {staff && !lapsed && <Link to="/account">自分のログインと確認アプリ</Link>}
          {!staff && <Link to="/staff/sign-in">事務局の方のログイン</Link>}
          {portal?.demo && (
            <a href="/dev/mailbox" target="_blank" rel="noreferrer">
              送られたメール（デモ、別の画面で開きます）
            </a>
          )}
        </p>
      </div>
    </footer>
  );
}
