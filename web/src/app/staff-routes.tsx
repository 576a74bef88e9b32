import { type ComponentType, lazy, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useAccount } from '../api/hooks';

/** Loaded when somebody goes there. */
const room = (load: () => Promise<{ default: ComponentType }>): ReactNode => {
  const Room = lazy(load);
  return <Room />;
};

const home = room(() => import('./staff-home'));
const review = room(() => import('../features/change-requests/review'));
const registrations = room(() => import('../features/registry/staff-registrations'));
const registration = room(() => import('../features/registry/staff-registration'));
const newRegistration = room(() => import('../features/registry/staff-new'));
const edit = room(() => import('./staff-edit'));
const applications = room(() => import('../features/memberships/applications'));
const application = room(() => import('./staff-application'));
const freshness = room(() => import('../features/freshness/freshness'));
const recoveries = room(() => import('../features/recoveries/recoveries'));
const recovery = room(() => import('../features/recoveries/recovery'));
const users = room(() => import('../features/staff/users'));
const user = room(() => import('../features/staff/user'));
const audit = room(() => import('../features/audit/audit'));
const mails = room(() => import('../features/mail/mails'));
const mail = room(() => import('../features/mail/mail'));
const announcementList = room(() => import('../features/announcements/editor-list'));
const announcementWrite = room(() => import('../features/announcements/editor-write'));
const announcementOne = room(() => import('../features/announcements/editor-one'));
const announcementCorrect = room(() => import('../features/announcements/editor-correct'));
const announcementHistory = room(() => import('../features/announcements/editor-history'));
const announcementReach = room(() => import('../features/announcements/editor-reach'));
const announcementSettings = room(() => import('../features/announcements/editor-settings'));
const campaigns = room(() => import('../features/campaigns/list'));
const campaign = room(() => import('../features/campaigns/one'));
const campaignPlan = room(() => import('../features/campaigns/plan'));
const campaignMails = room(() => import('../features/campaigns/mails'));
const campaignTargets = room(() => import('../features/campaigns/targets'));
const campaignCalls = room(() => import('./campaign-calls'));
const settings = room(() => import('./staff-settings'));
const announcements = room(() => import('../features/announcements/list'));
const announcement = room(() => import('../features/announcements/detail'));
const account = room(() => import('./account'));
const notFound = room(() => import('./not-found'));

/** A page for some roles; to the others it is as if there were none. */
function For({
  roles,
  children,
}: {
  readonly roles: readonly string[];
  readonly children: ReactNode;
}): ReactNode {
  const account = useAccount();
  return roles.some((role) => account.roles.includes(role)) ? children : notFound;
}

const reviewer = (page: ReactNode): ReactNode => <For roles={['reviewer']}>{page}</For>;
const editor = (page: ReactNode): ReactNode => <For roles={['editor']}>{page}</For>;
const admin = (page: ReactNode): ReactNode => <For roles={['admin']}>{page}</For>;
const mailReader = (page: ReactNode): ReactNode => <For roles={['reviewer', 'admin']}>{page}</For>;

/** What members of staff have. */
export default function StaffRoutes(): ReactNode {
  return (
    <Routes>
      <Route path="/" element={<Navigate to="/staff" replace />} />
      <Route path="/staff" element={home} />
      <Route path="/staff/review" element={review} />
      <Route path="/staff/review/:id" element={review} />
      <Route path="/staff/registrations" element={registrations} />
      <Route path="/staff/registrations/new" element={reviewer(newRegistration)} />
      <Route path="/staff/registrations/:id" element={registration} />
      <Route path="/staff/registrations/:id/edit" element={reviewer(edit)} />
      <Route path="/staff/applications" element={reviewer(applications)} />
      <Route path="/staff/applications/:id" element={reviewer(application)} />
      <Route path="/staff/freshness" element={freshness} />
      <Route path="/staff/recoveries" element={recoveries} />
      <Route path="/staff/recoveries/:id" element={recovery} />
      <Route path="/staff/campaigns" element={campaigns} />
      <Route path="/staff/campaigns/new" element={reviewer(campaignPlan)} />
      <Route path="/staff/campaigns/:id" element={campaign} />
      <Route path="/staff/campaigns/:id/edit" element={reviewer(campaignPlan)} />
      <Route path="/staff/campaigns/:id/mails" element={reviewer(campaignMails)} />
      <Route path="/staff/campaigns/:id/targets" element={campaignTargets} />
      <Route path="/staff/campaigns/:id/calls" element={reviewer(campaignCalls)} />
      <Route path="/staff/announcements" element={editor(announcementList)} />
      <Route path="/staff/announcements/new" element={editor(announcementWrite)} />
      <Route path="/staff/announcements/settings" element={editor(announcementSettings)} />
      <Route path="/staff/announcements/:id" element={editor(announcementOne)} />
      <Route path="/staff/announcements/:id/edit" element={editor(announcementWrite)} />
      <Route path="/staff/announcements/:id/correct" element={editor(announcementCorrect)} />
      <Route path="/staff/announcements/:id/history" element={editor(announcementHistory)} />
      <Route path="/staff/announcements/:id/reach" element={editor(announcementReach)} />
      <Route path="/staff/users" element={admin(users)} />
      <Route path="/staff/users/:id" element={admin(user)} />
      <Route path="/staff/audit" element={admin(audit)} />
      <Route path="/staff/mail" element={mailReader(mails)} />
      <Route path="/staff/mail/:id" element={mailReader(mail)} />
      <Route path="/staff/settings" element={settings} />
      <Route path="/announcements" element={announcements} />
      <Route path="/announcements/:id" element={announcement} />
      <Route path="/account" element={account} />
      <Route path="*" element={notFound} />
    </Routes>
  );
}
