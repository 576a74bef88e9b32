import { CreateRegistry1795300000000 } from './1795300000000-create-registry.js';
import { CreateAccounts1795300001000 } from './1795300001000-create-accounts.js';
import { CreateChangeRequests1795300002000 } from './1795300002000-create-change-requests.js';
import { CreateOutboxAndAudit1795300003000 } from './1795300003000-create-outbox-and-audit.js';
import { LetAnyRoomVerifyMailboxes1795400000000 } from './1795400000000-let-any-room-verify-mailboxes.js';
import { CreateTask1795400001000 } from './1795400001000-create-task.js';
import { OpenTasksForWhatWaits1795400002000 } from './1795400002000-open-tasks-for-what-waits.js';
import { CreateMembershipApplication1795400010000 } from './1795400010000-create-membership-application.js';
import { LetApplicationsMakeVersions1795400011000 } from './1795400011000-let-applications-make-versions.js';
import { ValidateCausesOfVersions1795400012000 } from './1795400012000-validate-causes-of-versions.js';
import { CreateRecovery1795400020000 } from './1795400020000-create-recovery.js';
import { CreateRegistrationDraft1795400030000 } from './1795400030000-create-registration-draft.js';
import { CreateIdempotencyKey1795400031000 } from './1795400031000-create-idempotency-key.js';
import { DecideChangeRequestsInFull1795400040000 } from './1795400040000-decide-change-requests-in-full.js';
import { CreateReviewPolicy1795400041000 } from './1795400041000-create-review-policy.js';
import { DateWhatWasApplied1795400042000 } from './1795400042000-date-what-was-applied.js';
import { ValidateChangeRequests1795400043000 } from './1795400043000-validate-change-requests.js';
import { CreateRateLimit1795500000000 } from './1795500000000-create-rate-limit.js';
import { CreateStaffFactor1795500001000 } from './1795500001000-create-staff-factor.js';
import { LetPeopleSeeTheirSessions1795500002000 } from './1795500002000-let-people-see-their-sessions.js';
import { WallReviewPolicy1795500010000 } from './1795500010000-wall-review-policy.js';
import { DrawTypedNumbers1795500011000 } from './1795500011000-draw-typed-numbers.js';
import { ChainTheTrail1795500020000 } from './1795500020000-chain-the-trail.js';
import { DigestPersonalValues1795500021000 } from './1795500021000-digest-personal-values.js';
import { LetPersonalValuesBeErased1795500022000 } from './1795500022000-let-personal-values-be-erased.js';
import { ValidateErasedValues1795500023000 } from './1795500023000-validate-erased-values.js';
import { CreatePersonalRead1795500024000 } from './1795500024000-create-personal-read.js';
import { CreateOfficeSettings1795600000000 } from './1795600000000-create-office-settings.js';
import { NoteMailsSentAgain1795600001000 } from './1795600001000-note-mails-sent-again.js';
import { CreateAnnouncements1795700000000 } from './1795700000000-create-announcements.js';
import { CreateAnnouncementAttachments1795700001000 } from './1795700001000-create-announcement-attachments.js';
import { NameEachMailboxOnce1795700002000 } from './1795700002000-name-each-mailbox-once.js';
import { SetWhatCountsAsFresh1795800000000 } from './1795800000000-set-what-counts-as-fresh.js';
import { CreateFreshnessSnapshot1795800001000 } from './1795800001000-create-freshness-snapshot.js';
import { CreateCampaigns1795800010000 } from './1795800010000-create-campaigns.js';
import { NoteWhatSharedMailsAreAbout1795800020000 } from './1795800020000-note-what-shared-mails-are-about.js';

/** Every migration, oldest first. */
export const migrations = [
  CreateRegistry1795300000000,
  CreateAccounts1795300001000,
  CreateChangeRequests1795300002000,
  CreateOutboxAndAudit1795300003000,
  LetAnyRoomVerifyMailboxes1795400000000,
  CreateTask1795400001000,
  OpenTasksForWhatWaits1795400002000,
  CreateMembershipApplication1795400010000,
  LetApplicationsMakeVersions1795400011000,
  ValidateCausesOfVersions1795400012000,
  CreateRecovery1795400020000,
  CreateRegistrationDraft1795400030000,
  CreateIdempotencyKey1795400031000,
  DecideChangeRequestsInFull1795400040000,
  CreateReviewPolicy1795400041000,
  DateWhatWasApplied1795400042000,
  ValidateChangeRequests1795400043000,
  CreateRateLimit1795500000000,
  CreateStaffFactor1795500001000,
  LetPeopleSeeTheirSessions1795500002000,
  WallReviewPolicy1795500010000,
  DrawTypedNumbers1795500011000,
  ChainTheTrail1795500020000,
  DigestPersonalValues1795500021000,
  LetPersonalValuesBeErased1795500022000,
  ValidateErasedValues1795500023000,
  CreatePersonalRead1795500024000,
  CreateOfficeSettings1795600000000,
  NoteMailsSentAgain1795600001000,
  CreateAnnouncements1795700000000,
  CreateAnnouncementAttachments1795700001000,
  NameEachMailboxOnce1795700002000,
  SetWhatCountsAsFresh1795800000000,
  CreateFreshnessSnapshot1795800001000,
  CreateCampaigns1795800010000,
  NoteWhatSharedMailsAreAbout1795800020000,
];
