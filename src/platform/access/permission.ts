/** What a person can be: `member` is a clerk of a municipality, the others are council staff. */
export const ROLES = ['member', 'reviewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export type StaffRole = Exclude<Role, 'member'>;
export const STAFF_ROLES = ['reviewer', 'editor', 'admin'] as const satisfies readonly StaffRole[];

/** One name for each thing that a route lets a person do. */
export const Permission = {
  UseOwnSession: 'session.use',
  EndAnySession: 'session.end-any',
  ReadAnySession: 'session.read-any',
  ReadOwnFactors: 'factor.read',
  StepUp: 'factor.step-up',
  ChangeOwnFactors: 'factor.change',
  ReadStaff: 'staff.read',
  ManageStaff: 'staff.manage',
  ReadMaster: 'master.read',
  ListRegistrations: 'registration.list',
  ReadRegistration: 'registration.read',
  CreateRegistration: 'registration.create',
  ConfirmRegistration: 'registration.confirm',
  WithdrawRegistration: 'registration.withdraw',
  ReadApplications: 'application.read',
  DecideApplication: 'application.decide',
  ReadChangeRequests: 'change-request.read',
  ProposeChange: 'change-request.propose',
  DecideChange: 'change-request.decide',
  ProposeForMunicipality: 'change-request.propose-for',
  RebaseChange: 'change-request.rebase',
  ReadReviewPolicy: 'review-policy.read',
  ChangeReviewPolicy: 'review-policy.change',
  ReadSettings: 'settings.read',
  ChangeSettings: 'settings.change',
  WriteDraft: 'draft.write',
  ReadRecoveries: 'recovery.read',
  DecideRecovery: 'recovery.decide',
  CarryOutRecovery: 'recovery.carry-out',
  ReadTasks: 'task.read',
  DoTasks: 'task.do',
  ReadMail: 'mail.read',
  RetryMail: 'mail.retry',
  ReadAudit: 'audit.read',
  ReadAnnouncement: 'announcement.read',
  WriteAnnouncement: 'announcement.write',
  PublishAnnouncement: 'announcement.publish',
  AcknowledgeAnnouncement: 'announcement.acknowledge',
  ReadReach: 'announcement.reach',
  FollowUpAnnouncement: 'announcement.follow-up',
  ChooseDelivery: 'announcement.choose-delivery',
  ChangeAnnouncementSettings: 'announcement.change-settings',
  ReadCampaigns: 'campaign.read',
  WriteCampaign: 'campaign.write',
  RunCampaign: 'campaign.run',
  CallForCampaign: 'campaign.call',
  ReadOwnQuestion: 'campaign.own-question',
  ChangeCampaignSettings: 'campaign.change-settings',
} as const;
export type Permission = (typeof Permission)[keyof typeof Permission];

const everyone: readonly Role[] = ROLES;
const staff: readonly Role[] = STAFF_ROLES;

/** The whole matrix: who may do what. Scope (whose registration) is decided by the reads, not here. */
export const ALLOWED_ROLES: Readonly<Record<Permission, readonly Role[]>> = {
  'session.use': everyone,
  'session.end-any': ['admin'],
  'session.read-any': ['admin'],
  'factor.read': staff,
  'factor.step-up': staff,
  'factor.change': staff,
  'staff.read': ['admin'],
  'staff.manage': ['admin'],
  'master.read': everyone,
  'registration.list': staff,
  'registration.read': everyone,
  'registration.create': ['reviewer'],
  'registration.confirm': ['member', 'reviewer'],
  'registration.withdraw': ['reviewer'],
  'application.read': ['reviewer'],
  'application.decide': ['reviewer'],
  'change-request.read': everyone,
  'change-request.propose': ['member', 'reviewer'],
  'change-request.decide': ['reviewer'],
  'change-request.propose-for': ['reviewer'],
  'change-request.rebase': ['member', 'reviewer'],
  'review-policy.read': staff,
  'review-policy.change': ['admin'],
  'settings.read': staff,
  'settings.change': ['admin'],
  'draft.write': ['member'],
  'recovery.read': staff,
  'recovery.decide': ['reviewer'],
  'recovery.carry-out': ['reviewer'],
  'task.read': staff,
  'task.do': staff,
  'mail.read': ['reviewer', 'admin'],
  'mail.retry': ['reviewer', 'admin'],
  'audit.read': ['admin'],
  'announcement.read': everyone,
  'announcement.write': ['editor'],
  'announcement.publish': ['editor'],
  'announcement.acknowledge': ['member'],
  'announcement.reach': ['editor'],
  'announcement.follow-up': ['editor'],
  'announcement.choose-delivery': ['member'],
  'announcement.change-settings': ['editor'],
  'campaign.read': staff,
  'campaign.write': ['reviewer'],
  'campaign.run': ['reviewer'],
  'campaign.call': ['reviewer'],
  'campaign.own-question': ['member'],
  'campaign.change-settings': ['admin'],
};

/**
 * What takes a second factor shown within the last ten minutes, because it hands power or a mailbox over: roles and
 * addresses of staff, sessions of others, one's own factors, a registration whose mailboxes nobody reads any more. Or
 * because it speaks to every municipality at once, in the council's name.
 */
const WITH_STEP_UP: ReadonlySet<Permission> = new Set<Permission>([
  Permission.EndAnySession,
  Permission.ChangeOwnFactors,
  Permission.ManageStaff,
  Permission.CarryOutRecovery,
  Permission.PublishAnnouncement,
  Permission.FollowUpAnnouncement,
  Permission.RunCampaign,
]);

export const needsStepUp = (permission: Permission): boolean => WITH_STEP_UP.has(permission);

/** @returns whether one of the roles carries the permission */
export function isAllowed(roles: readonly string[], permission: Permission): boolean {
  return ALLOWED_ROLES[permission].some((role) => roles.includes(role));
}
