import { escapeHtml, page } from './page-shell.js';
import { formatDateTimeJa } from '../platform/text/japanese-date.js';
import { groupDigits } from '../platform/mail/mail-text.js';
import type { DevMail, StaffCode } from './dev-mailbox.service.js';

/** @returns the mailbox as a page; the newest mail is open, and what staff's apps show stands below the mails */
export function renderMailbox(mails: readonly DevMail[], staffCodes: readonly StaffCode[]): string {
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
       <a href="/dev/mailbox">最新の状態にする</a>　<a href="#codes">職員の確認アプリのコード</a></p>
     ${list.join('') || '<p>まだメールはありません。</p>'}
     <h2 id="codes">職員の確認アプリのコード（デモ）</h2>
     <p>30秒ごとに変わります。使えるのは、それぞれ1回です。<a href="/dev/mailbox#codes">いまのコードを見る</a></p>
     <ul>${staffCodes.map(({ email, code }) => `<li>${escapeHtml(email)}　<strong>${groupDigits(code, 3)}</strong></li>`).join('')}</ul>`,
  );
}
