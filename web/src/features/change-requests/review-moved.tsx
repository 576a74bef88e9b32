import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ChangeRequestResponse, VersionResponse } from '../../api/schema';
import { Notice } from '../../ui/notice';
import { shortDateTime } from '../../ui/text';
import { newestVersionQuery } from './review-queries';

const CAUSES: Readonly<Partial<Record<VersionResponse['cause'], string>>> = {
  'change-request': '別の変更届の反映',
  rule: 'すぐに反映された変更',
  handover: '引継ぎ',
  import: '一括登録',
  recovery: '連絡先の回復',
  withdrawal: '退会',
};

/** Says what happened to the registration since, and by whom. */
export function MovedNotice({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const { registrationId, registrationVersion } = request;
  const newest = useQuery(newestVersionQuery(registrationId, registrationVersion)).data?.items[0];
  return (
    <Notice tone="warn" title="この変更届のあとに、登録が変わりました" className="mt-6" live>
      <p>
        {newest &&
          `${shortDateTime(newest.recordedAt)}に、${CAUSES[newest.cause] ?? '登録の変更'}により第${newest.version}版になりました（${[newest.proposedBy, newest.decidedBy].filter(Boolean).join('、確認 ')}）。`}
        どちらの内容にするかを確かめて、いまの登録に取り込んでください。
      </p>
    </Notice>
  );
}
