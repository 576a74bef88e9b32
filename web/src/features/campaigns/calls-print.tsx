import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CallListItemResponse } from '../../api/schema';
import { formatDateTimeJa, shortDate, shortDateTime } from '../../ui/text';
import { mailsText } from './call-tried';
import { groupedNumber, outcomeText } from './words';

/** Room for a hand. */
const BLANK = '\u00A0';

/** A list on paper is as old as its printing. */
function usePrintedAt(): string {
  const [at, setAt] = useState(() => new Date());
  useEffect(() => {
    // At once: what isn't drawn by the end of the event isn't printed.
    const now = (): void => flushSync(() => setAt(new Date()));
    window.addEventListener('beforeprint', now);
    return () => window.removeEventListener('beforeprint', now);
  }, []);
  return formatDateTimeJa(at);
}

interface PrintedProps {
  readonly items: readonly CallListItemResponse[];
}

/** For the telephone desk, with room to write by hand. */
export function PrintedCalls({ items }: PrintedProps): ReactNode {
  const printedAt = usePrintedAt();
  return (
    <div className="only-print call-print">
      <p className="small">
        {printedAt}に印刷　{items.length}件
      </p>
      <table className="table">
        <thead>
          <tr>
            {['自治体・部署・番号', '電話', 'これまで', '記録'].map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <PrintedRow key={item.registrationId} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PrintedRow({ item }: { readonly item: CallListItemResponse }): ReactNode {
  const { municipality, department, contact, contactExtension, number, nextOn, ownerName } = item;
  const { departmentPhone, mainPhone, calls } = item;
  const last = calls.at(-1);
  return (
    <tr>
      <th scope="row">
        {municipality}
        <span className="small block">
          {department}
          {contact && `　${contact}`}
          {contactExtension && `（内線 ${contactExtension}）`}
        </span>
        <span className="small block">番号 {groupedNumber(number)}</span>
      </th>
      <td className="num">
        {departmentPhone && <span className="block">{departmentPhone}</span>}
        <span className="block">代表 {mainPhone}</span>
      </td>
      <td>
        <span className="block">{mailsText(item)}</span>
        {last && (
          <span className="block">
            {shortDateTime(last.at)}　{outcomeText(last.way, last.outcome)}
            {last.note && `（${last.note}）`}
          </span>
        )}
        {nextOn && <span className="block">次　{shortDate(nextOn)}</span>}
        {ownerName && <span className="block">担当　{ownerName}</span>}
      </td>
      <td className="by-hand">{BLANK}</td>
    </tr>
  );
}

/** Addresses for letters. */
export function PrintedLetters({ items }: PrintedProps): ReactNode {
  const printedAt = usePrintedAt();
  return (
    <div className="only-print">
      <p className="small">
        {printedAt}に印刷　{items.length}件
      </p>
      <ul className="letters">
        {items.map(({ registrationId, postalCode, address, municipality, department, number }) => (
          <li key={registrationId}>
            {postalCode && <p className="num">〒{postalCode}</p>}
            <p>{address ?? '（所在地の登録がありません）'}</p>
            <p className="to">
              {municipality}　{department}
              <br />
              ご担当者　様
            </p>
            <p className="small num">番号 {groupedNumber(number)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
