import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse, PreviewResponse, SampleMailResponse } from '../../api/schema';
import { Select } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { StackedTable } from '../../ui/table';
import { formatDateJa, Mailbox, Tag } from '../../ui/text';
import { previewQuery } from './queries';
import { isList, recipientsText } from './words';

interface PreviewProps {
  readonly campaign: CampaignResponse;
  readonly preview: PreviewResponse;
}

/** A dry run: who, who not and why, what on which day, and real mails. */
export function Preview({ campaign, preview }: PreviewProps): ReactNode {
  return (
    <>
      <Who campaign={campaign} preview={preview} />
      <Days campaign={campaign} preview={preview} />
      <Samples campaign={campaign} first={preview} />
    </>
  );
}

function Who({ campaign: { state }, preview: { targets, leftOut } }: PreviewProps): ReactNode {
  const out = leftOut.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="mt-10" aria-labelledby="who">
      <h2 id="who">{state === 'draft' ? 'たずねる自治体' : 'まだ回答のない自治体'}</h2>
      <p className="mt-2">
        <b className="text-2xl num">{targets}</b>件
        {out > 0 && `（ほかに、条件に当てはまるけれどもたずねない自治体が${out}件）`}
      </p>
      {leftOut.map(({ reason, label, count, municipalities }) => (
        <details key={reason} className="fold">
          <summary>
            {label}（{count}件）
          </summary>
          <p className="mt-1">
            {municipalities.map(({ registrationId, municipality }, at) => (
              <span key={registrationId}>
                {at > 0 && '、'}
                <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
              </span>
            ))}
            {count > municipalities.length && ` ほか${count - municipalities.length}件`}
          </p>
        </details>
      ))}
    </section>
  );
}

function Days({ campaign, preview: { steps } }: PreviewProps): ReactNode {
  const recipients = new Map(campaign.steps.map((step) => [step.id, step.recipients ?? null]));
  const hours = new Map(campaign.steps.map((step) => [step.id, step.hour]));
  return (
    <section className="mt-10" aria-labelledby="days">
      <h2 id="days">いつ、何を、どれだけ送るか</h2>
      <p className="small quiet mt-1">
        件数は、それまでにだれも回答しなかったときの、いちばん多い数です。同じアドレスの自治体には、1通にまとめて送ります。
      </p>
      <StackedTable
        caption="段階ごとの日時と件数"
        heads={['段階', '相手', '日時', { figures: '自治体' }, { figures: 'メール' }]}
      >
        {steps.map(({ id, template, label, date, gone, municipalities, mails, atDepartment }, at) => (
          <tr key={id} role="row">
            <th scope="row" role="rowheader">
              {at + 1}　{label} {gone && <Tag>済み</Tag>}
            </th>
            <td role="cell">
              {recipientsText(recipients.get(id) ?? null)}
              {!gone && atDepartment > 0 && (
                <span className="small quiet block">
                  うち{atDepartment}件は、その担当者の登録がないので所属アドレスへ
                </span>
              )}
            </td>
            <td role="cell" className="nb">
              {formatDateJa(date)}
              {hours.get(id)}時
            </td>
            <td role="cell" className="n num" data-l="自治体">
              {gone ? '－' : `${municipalities}件`}
            </td>
            <td role="cell" className="n num" data-l="メール">
              {gone || isList(template) ? '－' : `${mails}通`}
            </td>
          </tr>
        ))}
      </StackedTable>
    </section>
  );
}

/** As they would go; the step can be chosen. */
function Samples({
  campaign,
  first,
}: {
  readonly campaign: CampaignResponse;
  readonly first: PreviewResponse;
}): ReactNode {
  const mailed = first.steps.filter(({ template, gone }) => !isList(template) && !gone);
  const usual = mailed.some(({ id }) => id === first.sampleStep) ? first.sampleStep : (mailed[0]?.id ?? null);
  const [step, setStep] = useState(usual);
  const query = useQuery({
    ...previewQuery(
      campaign.id,
      campaign.version,
      step === first.sampleStep ? undefined : (step ?? undefined),
    ),
    placeholderData: (before) => before,
  });
  if (step === null) {
    return (
      <section className="mt-10" aria-labelledby="samples">
        <h2 id="samples">届くメール</h2>
        <p className="mt-1">これから送るメールはありません。</p>
      </section>
    );
  }
  return (
    <section className="mt-10" aria-labelledby="samples">
      <h2 id="samples">届くメール</h2>
      <p className="mt-1">実際の登録から、5通までを作りました。番号とコードは、送るときに決まります。</p>
      <Select
        id="sample-step"
        label="段階"
        className="step-select"
        value={step}
        onChange={(event) => setStep(event.target.value)}
      >
        {mailed.map(({ id, label, date }) => (
          <option key={id} value={id}>
            {label}（{formatDateJa(date)}）
          </option>
        ))}
      </Select>
      <Loaded query={query}>
        {({ samples, sampleStep }) => (
          <div className={sampleStep === step ? undefined : 'opacity-60'} aria-busy={sampleStep !== step}>
            {samples.length === 0 && <p className="mt-4">この段階で送るメールはありません。</p>}
            {samples.map((mail, at) => (
              <Mail key={mail.registrationId + mail.recipient} mail={mail} open={at === 0} />
            ))}
          </div>
        )}
      </Loaded>
    </section>
  );
}

function Mail({
  mail: { municipality, recipient, subject, body },
  open,
}: {
  readonly mail: SampleMailResponse;
  readonly open: boolean;
}): ReactNode {
  return (
    <details className="fold" open={open}>
      <summary>{municipality}</summary>
      <dl className="facts small">
        <div>
          <dt>宛先</dt>
          <dd>
            <Mailbox>{recipient}</Mailbox>
          </dd>
        </div>
        <div>
          <dt>件名</dt>
          <dd>{subject}</dd>
        </div>
      </dl>
      <pre className="box mail-sheet mt-2">{body}</pre>
    </details>
  );
}
