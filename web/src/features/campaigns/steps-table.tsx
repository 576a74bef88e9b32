import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse } from '../../api/schema';
import { StackedTable } from '../../ui/table';
import { shortDate, Tag } from '../../ui/text';
import { isList, recipientsText } from './words';

type Step = CampaignResponse['steps'][number];

/** お願いの段階: what has gone, what is to come. */
export function StepsTable({
  campaign: { id, state, steps },
  reviewer,
}: {
  readonly campaign: CampaignResponse;
  readonly reviewer: boolean;
}): ReactNode {
  return (
    <section className="mt-12" aria-labelledby="steps">
      <h2 id="steps">お願いの段階</h2>
      {reviewer && state !== 'closed' && (
        <p className="mt-1 no-print">
          <Link className="inline-block py-0.5" to={`/staff/campaigns/${id}/mails`}>
            これから送る件数と文面を見る
          </Link>
        </p>
      )}
      <StackedTable
        caption="お願いの段階"
        heads={['段階', '相手', '日時', { figures: '自治体' }, { figures: 'メール' }, '状態']}
      >
        {steps.map((step, at) => (
          <Row key={step.id} step={step} at={at} state={state} />
        ))}
      </StackedTable>
    </section>
  );
}

function Row({
  step: { template, label, recipients, date, hour, status, municipalities, mails },
  at,
  state,
}: {
  readonly step: Step;
  readonly at: number;
  readonly state: CampaignResponse['state'];
}): ReactNode {
  const gone = status === 'done';
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {at + 1}　{label}
      </th>
      <td role="cell">{recipientsText(recipients ?? null)}</td>
      <td role="cell" className="nb">
        {shortDate(date)}
        {hour}時
      </td>
      <td role="cell" className="n num" data-l="自治体">
        {gone ? `${municipalities}件` : '－'}
      </td>
      <td role="cell" className="n num" data-l="メール">
        {gone && !isList(template) ? `${mails}通` : '－'}
      </td>
      <td role="cell">
        <StateTag status={status} list={isList(template)} state={state} />
      </td>
    </tr>
  );
}

function StateTag({
  status,
  list,
  state,
}: {
  readonly status: Step['status'];
  readonly list: boolean;
  readonly state: CampaignResponse['state'];
}): ReactNode {
  if (status === 'done')
    return list && state !== 'closed' ? <Tag tone="key">実施中</Tag> : <Tag tone="ok">済み</Tag>;
  if (status === 'overtaken') {
    return (
      <>
        <Tag tone="warn">送らず</Tag>
        <span className="small quiet block">あとの段階の日時も来ていたため</span>
      </>
    );
  }
  if (state === 'closed') return <Tag>行わず</Tag>;
  return state === 'paused' ? <Tag tone="warn">停止中</Tag> : <Tag>予定</Tag>;
}
