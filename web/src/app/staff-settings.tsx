import type { ReactNode } from 'react';
import { useIsAdmin } from '../api/hooks';
import { OfficeSettings } from '../features/settings/office-settings';
import { ReviewPolicy } from '../features/review-policy/review-policy';
import { Page } from '../ui/page';

export default function StaffSettings(): ReactNode {
  const admin = useIsAdmin();
  return (
    <Page
      heading="設定"
      title="設定"
      width="narrow"
      {...(!admin && { lead: '見ることができます。変えるのは管理者です。' })}
    >
      <ReviewPolicy admin={admin} />
      <OfficeSettings admin={admin} />
    </Page>
  );
}
