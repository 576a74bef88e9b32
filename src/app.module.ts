import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AnnouncementsModule } from './announcements/announcements.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ChangeRequestsModule } from './change-requests/change-requests.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Settings } from './config/env.js';
import type { Keys } from './config/keys.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DraftsModule } from './drafts/drafts.module.js';
import { MembershipsModule } from './memberships/memberships.module.js';
import { AccessModule } from './platform/access/access.module.js';
import { AuditModule } from './platform/audit/audit.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { OutboxModule } from './platform/outbox/outbox.module.js';
import { PersonalReadsModule } from './platform/personal-reads/personal-reads.module.js';
import { TasksModule } from './platform/tasks/tasks.module.js';
import { PostalCodesModule } from './postal-codes/postal-codes.module.js';
import { RecoveriesModule } from './recoveries/recoveries.module.js';
import { RegistryModule } from './registry/registry.module.js';
import { ReviewPolicyModule } from './review-policy/review-policy.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { StaffModule } from './staff/staff.module.js';
import { VerificationsModule } from './verifications/verifications.module.js';

/** The whole portal. A new room is one line here. */
@Module({})
export class AppModule {
  static register(settings: Settings, keys: Keys): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(settings, keys),
        DatabaseModule.register(settings.databaseUrl),
        AccessModule,
        AuditModule,
        OutboxModule,
        JobsModule,
        LimitsModule,
        TasksModule,
        IdempotencyModule,
        PersonalReadsModule,
        HttpModule,
        RegistryModule,
        AccountsModule,
        CredentialsModule,
        SignInModule,
        StaffModule,
        VerificationsModule,
        ReviewPolicyModule,
        SettingsModule,
        AnnouncementsModule,
        DraftsModule,
        ChangeRequestsModule,
        CampaignsModule,
        MembershipsModule,
        RecoveriesModule,
        AnnouncementsModule,
        PostalCodesModule,
        ...(settings.mode === 'demo' ? [DemoModule] : []),
      ],
    };
  }
}
