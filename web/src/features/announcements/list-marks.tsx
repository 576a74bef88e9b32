import type { ReactNode } from 'react';
import type { AnnouncementSummaryResponse } from '../../api/schema';
import { Tag, When } from '../../ui/text';

/** When it came, of what kind it is, and what there is to know about it, in words. */
export function Marks({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  const { publishedAt, category, pinned, unread, correctedAt, acknowledgement } = item;
  return (
    <>
      {publishedAt && <When at={publishedAt} />}
      <span>{category.name}</span>
      {pinned && <Tag>注目</Tag>}
      {unread === true && <Tag tone="key">未読</Tag>}
      {unread === false && acknowledgement === null && <Tag>未確認</Tag>}
      {correctedAt && (
        <Tag tone="warn">
          <When at={correctedAt} />
          に訂正
        </Tag>
      )}
      {acknowledgement?.counts === true && <Tag tone="ok">確認済み</Tag>}
      {acknowledgement?.counts === false && <Tag tone="warn">もう一度ご確認ください</Tag>}
    </>
  );
}
