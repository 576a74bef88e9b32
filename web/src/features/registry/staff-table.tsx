import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Mailbox, Tag, When } from '../../ui/text';
import type { Line } from './staff-search';

/** Drawn anew only when what is found changes, not at each letter. */
export const RegistrationsTable = memo(function RegistrationsTable({
  lines,
  count,
  withdrawn,
}: {
  readonly lines: readonly Line[];
  readonly count: number;
  readonly withdrawn: boolean;
}): ReactNode {
  return (
    <table className="table stacked mt-3" role="table">
      <caption className="sr-only">登録自治体</caption>
      <thead role="rowgroup">
        <tr role="row">
          {['コード', '自治体', '主な担当部署', '所属アドレス', withdrawn ? '退会した日' : '最後の確認'].map(
            (text) => (
              <th key={text} scope="col" role="columnheader" className="nb">
                {text}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.slice(0, count).map((line) => (
          <Row key={line.row.id} line={line} withdrawn={withdrawn} />
        ))}
      </tbody>
    </table>
  );
});

const Row = memo(function Row({
  line: { row, freshness },
  withdrawn,
}: {
  readonly line: Line;
  readonly withdrawn: boolean;
}): ReactNode {
  return (
    <tr role="row">
      <td role="cell" className="num nb">
        {row.municipalityCode}
      </td>
      <th scope="row" role="rowheader">
        <Link to={`/staff/registrations/${row.id}`} className="nb">
          {row.prefecture} {row.municipality}
        </Link>
      </th>
      <td role="cell">{row.primaryDepartment}</td>
      <td role="cell">
        <Mailbox>{row.primaryMailbox}</Mailbox>
      </td>
      <td role="cell" data-l={withdrawn ? '退会した日' : '最後の確認'}>
        {withdrawn ? (
          row.withdrawnAt && <When at={row.withdrawnAt} />
        ) : (
          <Age at={row.lastConfirmedAt} freshness={freshness} />
        )}
      </td>
    </tr>
  );
});

function Age({
  at,
  freshness,
}: {
  readonly at: string | null;
  readonly freshness: Line['freshness'];
}): ReactNode {
  if (at === null) return <span className="quiet">記録なし</span>;
  return (
    <>
      <When at={at} /> {freshness === 'stale' && <Tag tone="warn">1年以上前</Tag>}
    </>
  );
}
