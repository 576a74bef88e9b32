import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Mailbox, Tag, When } from '../../ui/text';
import { staleText } from './freshness';
import type { Line } from './staff-search';

/** Drawn anew only when what is found changes, not at each letter. */
export const RegistrationsTable = memo(function RegistrationsTable({
  lines,
  count,
  freshMonths,
  withdrawn,
}: {
  readonly lines: readonly Line[];
  readonly count: number;
  readonly freshMonths: number;
  readonly withdrawn: boolean;
}): ReactNode {
  return (
    <table className="table stacked steady mt-3" role="table">
      <caption className="sr-only">登録自治体</caption>
      {/* Widths of their own, so that the browser needn't measure every row for each letter. */}
      <colgroup>
        <col className="w-24" />
        <col className="w-56" />
        <col className="w-52" />
        <col />
        <col className="w-64" />
      </colgroup>
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
        {/* By their place: rows keep what is drawn, and only their words change while somebody types. */}
        {lines.slice(0, count).map((line, place) => (
          <Row key={place} line={line} freshMonths={freshMonths} withdrawn={withdrawn} />
        ))}
      </tbody>
    </table>
  );
});

const Row = memo(function Row({
  line: { row },
  freshMonths,
  withdrawn,
}: {
  readonly line: Line;
  readonly freshMonths: number;
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
          <Age row={row} freshMonths={freshMonths} />
        )}
      </td>
    </tr>
  );
});

function Age({
  row: { lastConfirmedAt: at, freshness },
  freshMonths,
}: {
  readonly row: Line['row'];
  readonly freshMonths: number;
}): ReactNode {
  if (at === null) return <span className="quiet">記録なし</span>;
  return (
    <>
      <When at={at} /> {freshness === 'stale' && <Tag tone="warn">{staleText({ freshMonths })}</Tag>}
    </>
  );
}
