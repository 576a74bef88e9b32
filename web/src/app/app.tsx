import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/hooks';
import { session } from '../api/session';
import { announce } from '../ui/announce';
import { Button } from '../ui/controls';
import { Loading } from '../ui/loaded';
import { MemberRoutes, PublicRoutes } from './routes';
import { Shell } from './shell';

const StaffRoutes = lazy(() => import('./staff-routes'));
const SignInAgain = lazy(() => import('./sign-in-again'));

/** Open to everybody, signed in or not. */
const PUBLIC = new Set(['/sign-in', '/staff/sign-in', '/v', '/k', '/i', '/apply', '/recover']);

/** Decides by who is signed in which pages there are. */
export function App(): ReactNode {
  const state = useSession();
  const { pathname } = useLocation();
  const account = state.kind === 'in' || state.kind === 'lapsed' ? state.account : null;
  useReturnAfterLapse(state.kind === 'lapsed');
  return (
    <Shell account={account} lapsed={state.kind === 'lapsed'}>
      <Suspense
        fallback={
          <div className="wrap">
            <Loading />
          </div>
        }
      >
        {state.kind === 'starting' && !PUBLIC.has(pathname) && (
          <div className="wrap">
            <Loading />
          </div>
        )}
        {state.kind === 'unreachable' && !PUBLIC.has(pathname) && <Unreachable />}
        {(PUBLIC.has(pathname) || state.kind === 'out') && <ForEverybody signedOut={state.kind === 'out'} />}
        {account && !PUBLIC.has(pathname) && (
          <div hidden={state.kind === 'lapsed'} inert={state.kind === 'lapsed'}>
            {account.kind === 'staff' ? <StaffRoutes /> : <MemberRoutes />}
          </div>
        )}
        {state.kind === 'lapsed' && <SignInAgain account={state.account} />}
      </Suspense>
    </Shell>
  );
}

/** Addresses that only somebody signed in has lead to the sign-in, and from there back. */
function ForEverybody({ signedOut }: { readonly signedOut: boolean }): ReactNode {
  const { pathname, search, hash } = useLocation();
  if (!signedOut || PUBLIC.has(pathname)) return <PublicRoutes />;
  const known = /^\/(?:$|registration|change-requests|announcements|account|staff)/.test(pathname);
  if (!known) return <PublicRoutes />;
  const door = pathname.startsWith('/staff') ? '/staff/sign-in' : '/sign-in';
  const from = pathname === '/' ? '' : `?from=${encodeURIComponent(pathname + search + hash)}`;
  return <Navigate to={door + from} replace />;
}

function Unreachable(): ReactNode {
  return (
    <div className="wrap">
      <div className="narrow">
        <h1>いま、つながりません</h1>
        <p className="lead">通信の状態をお確かめのうえ、もう一度お試しください。</p>
        <div className="btns mt-8">
          <Button main onClick={() => void session.start()}>
            もう一度つなぐ
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Back from the sign-in, focus stands in the field where it was. */
function useReturnAfterLapse(lapsed: boolean): void {
  const field = useRef<HTMLElement | null>(null);
  const was = useRef(false);
  if (lapsed && !was.current) field.current = document.activeElement as HTMLElement | null;
  useEffect(() => {
    if (was.current && !lapsed) {
      field.current?.focus();
      announce('ログインし直しました。続きから入力できます。');
    }
    was.current = lapsed;
  }, [lapsed]);
}
