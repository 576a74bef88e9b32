import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useIsAdmin, useIsEditor } from '../api/hooks';
import { OfficeSettings } from '../features/settings/office-settings';
import { ReviewPolicy } from '../features/review-policy/review-policy';
import { Page } from '../ui/page';

export default function StaffSettings(): ReactNode {
  const admin = useIsAdmin();
  const editor = useIsEditor();
  return (
    <Page
      heading="設定"
      title="設定"
      width="narrow"
      {...(!admin && { lead: '見ることができます。変えるのは管理者です。' })}
    >
      {editor && (
        <p className="mt-4">
          <Link className="inline-block py-0.5" to="/staff/announcements/settings">
            お知らせの設定（分類、添付ファイル、まとめのメール）
          </Link>
        </p>
      )}
      <ReviewPolicy admin={admin} />
      <OfficeSettings admin={admin} />
    </Page>
  );
}
