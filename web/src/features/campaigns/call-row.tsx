import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import type { CallListItemResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { Hidden, Tag, today, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { CallForm, type Recorded } from './call-form';
import { Tried } from './call-tried';
import type { Finished, SheetOf } from './calls';
import { CAMPAIGNS } from './queries';
import { groupedNumber, type Way } from './words';

/** Letters have no day for the next one. */
export const columnsOf = (way: Way): readonly string[] =>
  way === 'phone'
    ? ['自治体・部署', '電話番号', 'これまで', '担当', '次にかける日', '記録']
    : ['自治体・部署', '宛先', 'これまで', '担当', '記録'];

interface RowProps {
  readonly campaignId: string;
  readonly item: CallListItemResponse;
  readonly way: Way;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** It has left the list. */
  readonly onFinished: (text: string) => void;
  readonly sheet: SheetOf;
}

/** One town hall: whom to call, what was tried, and in place the form for what came of it. */
export function CallRow({ campaignId, item, way, open, onOpen, onFinished, sheet }: RowProps): ReactNode {
  const { registrationId, municipality, department, contact, contactExtension, number } = item;
  const [said, setSaid] = useState<Recorded | null>(null);
  const button = `call-${registrationId}`;
  const close = (): void => {
    onOpen(false);
    document.getElementById(button)?.focus();
  };
  const recorded = (what: Recorded): void => {
    announce(what.text);
    if (what.ended) return onFinished(what.text);
    setSaid(what);
    close();
  };
  return (
    <>
      <tr role="row" className={open ? 'open' : undefined}>
        <th scope="row" role="rowheader">
          <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
          <span className="small block">
            {department}
            {contact && `　${contact}さん`}
            {contactExtension && <span className="nb">（内線 {contactExtension}）</span>}
          </span>
          <span className="small quiet block">番号　{groupedNumber(number)}</span>
          <Weight item={item} />
        </th>
        <td role="cell">{way === 'phone' ? <Phones item={item} /> : <Address item={item} />}</td>
        <td role="cell">
          <Tried item={item} />
        </td>
        <td role="cell" data-l="担当">
          <Owner campaignId={campaignId} item={item} />
        </td>
        {way === 'phone' && (
          <td role="cell" data-l="次にかける日">
            <Next nextOn={item.nextOn} />
          </td>
        )}
        <td role="cell">
          <Button
            id={button}
            size="s"
            aria-expanded={open}
            onClick={() => {
              setSaid(null);
              onOpen(!open);
            }}
          >
            {open ? '閉じる' : '結果を書く'}
            <Hidden>（{municipality}）</Hidden>
          </Button>
          {said && <Said said={said} registrationId={registrationId} />}
        </td>
      </tr>
      {open && (
        <tr role="row" className="call-form-row">
          <td role="cell" colSpan={columnsOf(way).length}>
            <CallForm
              campaignId={campaignId}
              item={item}
              way={way}
              sheet={sheet}
              onRecorded={recorded}
              onClose={close}
            />
          </td>
        </tr>
      )}
    </>
  );
}

function Said({
  said,
  registrationId,
}: {
  readonly said: Recorded;
  readonly registrationId: string;
}): ReactNode {
  return (
    <p className="small mt-2">
      記録しました。
      {said.hasChanges && (
        <Link to={`/staff/registrations/${registrationId}/edit`}>変更を届け出るページへ進む</Link>
      )}
    </p>
  );
}

function Weight({ item: { weight, lastConfirmedAt } }: { readonly item: CallListItemResponse }): ReactNode {
  if (weight === 3) return <Tag tone="warn">メールが届かない</Tag>;
  return weight === 2 && <Tag>{lastConfirmedAt === null ? '確認の記録なし' : '前回も回答なし'}</Tag>;
}

function Phones({
  item: { mainPhone, departmentPhone },
}: {
  readonly item: CallListItemResponse;
}): ReactNode {
  return (
    <>
      {departmentPhone && (
        <span className="block nb">
          <span className="small quiet">部署　</span>
          <b className="num">{departmentPhone}</b>
        </span>
      )}
      <span className="block nb">
        <span className="small quiet">代表　</span>
        <span className="num">{mainPhone}</span>
      </span>
    </>
  );
}

function Address({ item: { postalCode, address } }: { readonly item: CallListItemResponse }): ReactNode {
  if (address === null) return <span className="quiet">所在地の登録がありません</span>;
  return (
    <>
      {postalCode && <span className="num block">〒{postalCode}</span>}
      {address}
    </>
  );
}

function Next({ nextOn }: Pick<CallListItemResponse, 'nextOn'>): ReactNode {
  if (nextOn === null) return 'きょう';
  return (
    <>
      <When at={nextOn} />
      {nextOn < today() && <span className="small quiet block">過ぎています</span>}
    </>
  );
}

function Owner({
  campaignId,
  item: { registrationId, municipality, ownerId, ownerName },
}: {
  readonly campaignId: string;
  readonly item: CallListItemResponse;
}): ReactNode {
  const { accountId } = useAccount();
  const client = useQueryClient();
  const own = ownerId === accountId;
  const { send, pending, problem } = useSend(() =>
    ok(
      api.PUT('/api/v1/campaigns/{id}/targets/{registrationId}/owner', {
        params: { path: { id: campaignId, registrationId } },
        body: { mine: !own },
      }),
    ).then(() => true),
  );
  const run = async (): Promise<void> => {
    const answer = await send();
    await client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'calls', campaignId] });
    if (answer) announce(own ? `${municipality}の担当を外れました。` : `${municipality}の担当になりました。`);
  };
  return (
    <>
      <span className="block">
        {own ? <Tag tone="key">あなた</Tag> : ownerName ? `${ownerName}さん` : 'まだ'}
      </span>
      <Button plain size="s" className="nb" pending={pending} onClick={() => void run()}>
        {own ? '担当を外れる' : '担当する'}
        <Hidden>（{municipality}）</Hidden>
      </Button>
      <Failed problem={problem} />
    </>
  );
}

/** In the place of a town hall that is done with. */
export function FinishedRow({
  finished: { text },
  way,
}: {
  readonly finished: Finished;
  readonly way: Way;
}): ReactNode {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The form that had the focus is gone.
    ref.current?.focus();
  }, []);
  return (
    <tr role="row">
      <td role="cell" colSpan={columnsOf(way).length}>
        <p tabIndex={-1} ref={ref} className="finished">
          <Tag tone="ok">済み</Tag>　{text}
        </p>
      </td>
    </tr>
  );
}
