import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ChangeRequestResponse } from '../../api/schema';
import { Notice } from '../../ui/notice';
import { shortDateTime } from '../../ui/text';
import { CAUSES } from '../../ui/version-causes';
import { newestVersionQuery } from './review-queries';

/** Says what happened to the registration since, and by whom. */
export function MovedNotice({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const { registrationId, registrationVersion } = request;
  const newest = useQuery(newestVersionQuery(registrationId, registrationVersion)).data?.items[0];
  return (
    <Notice tone="warn" title="この変更届のあとに、登録が変わりました" className="mt-6" live>
      <p>
        {newest &&
          `${shortDateTime(newest.recordedAt)}に、${CAUSES[newest.cause]}により第${newest.version}版になりました（${[newest.proposedBy, newest.decidedBy].filter(Boolean).join('、確認 ')}）。`}
        どちらの内容にするかを確かめて、いまの登録に取り込んでください。
      </p>
    </Notice>
  );
}
