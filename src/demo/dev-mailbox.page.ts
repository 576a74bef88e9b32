import { escapeHtml, page } from '../platform/http/page-shell.js';
import { formatDateTimeJa } from '../platform/text/japanese-date.js';
import type { DevMail } from './dev-mailbox.service.js';

/** @returns the mailbox as a page; the newest mail is open */
export function renderMailbox(mails: readonly DevMail[]): string {
  const list = mails.map(
    (mail, index) => `
      <details${index === 0 ? ' open' : ''}>
        <summary><span>${escapeHtml(mail.subject)}</span><small>${escapeHtml(mail.to)}</small><small>${formatDateTimeJa(mail.sentAt)}</small></summary>
        <pre>${escapeHtml(mail.text)}</pre>
      </details>`,
  );
  return page(
    '送られたメール（デモ）',
    `<p>デモのメールは、外には送られません。ここで読めます。新しい順に${mails.length}通。
       <a href="/dev/mailbox">最新の状態にする</a></p>
     ${list.join('') || '<p>まだメールはありません。</p>'}`,
  );
}
