import { type ComponentType, lazy, type ReactNode } from 'react';
import { Route, Routes } from 'react-router';

/** Loaded when somebody goes there. */
const room = (load: () => Promise<{ default: ComponentType }>): ReactNode => {
  const Room = lazy(load);
  return <Room />;
};

const home = room(() => import('./member-home'));
const registration = room(() => import('../features/registry/own-registration'));
const edit = room(() => import('./edit-registration'));
const check = room(() => import('./check-changes'));
const handover = room(() => import('../features/change-requests/handover'));
const ownRequests = room(() => import('../features/change-requests/own-requests'));
const ownRequest = room(() => import('../features/change-requests/own-request'));
const announcements = room(() => import('../features/announcements/list'));
const announcement = room(() => import('../features/announcements/detail'));
const account = room(() => import('./account'));
const notFound = room(() => import('./not-found'));

const verify = room(() => import('../features/verifications/verify-mailbox'));
const confirm = room(() => import('../features/campaigns/confirm'));
const invitation = room(() => import('../features/staff/accept-invitation'));
const apply = room(() => import('../features/memberships/apply'));
const recover = room(() => import('../features/recoveries/claim'));
const signIn = room(() => import('../features/sign-in/member-sign-in'));
const staffSignIn = room(() => import('../features/sign-in/staff-sign-in'));

/** Open to everybody. The first parts of all addresses stand in src/platform/http/web-page.ts, too. */
export const PublicRoutes = (): ReactNode => (
  <Routes>
    <Route path="/sign-in" element={signIn} />
    <Route path="/staff/sign-in" element={staffSignIn} />
    <Route path="/v" element={verify} />
    <Route path="/k" element={confirm} />
    <Route path="/i" element={invitation} />
    <Route path="/apply" element={apply} />
    <Route path="/recover" element={recover} />
    <Route path="*" element={notFound} />
  </Routes>
);

export const MemberRoutes = (): ReactNode => (
  <Routes>
    <Route path="/" element={home} />
    <Route path="/registration" element={registration} />
    <Route path="/registration/edit" element={edit} />
    <Route path="/registration/check" element={check} />
    <Route path="/registration/handover" element={handover} />
    <Route path="/change-requests" element={ownRequests} />
    <Route path="/change-requests/:id" element={ownRequest} />
    <Route path="/change-requests/:id/edit" element={edit} />
    <Route path="/change-requests/:id/check" element={check} />
    <Route path="/announcements" element={announcements} />
    <Route path="/announcements/:id" element={announcement} />
    <Route path="/account" element={account} />
    <Route path="*" element={notFound} />
  </Routes>
);
