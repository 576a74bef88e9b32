import type { Desk } from '../config/env.js';
import { escapeHtml } from '../platform/http/page-shell.js';

/** A plain form, so that it works in whatever browser a town hall has. */
export const VERIFICATION_FORM = (desk: Desk): string => `
  <p>メールに書かれた番号とコードを入力してください。ログインはいりません。</p>
  <form id="verification" method="post" novalidate>
    <label for="number">番号</label>
    <p class="hint" id="number-hint">例　100 001</p>
    <input id="number" name="number" inputmode="numeric" autocomplete="off" aria-describedby="number-hint" required>
    <label for="code">コード</label>
    <p class="hint" id="code-hint">8桁の数字です。例　4821 7736</p>
    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-hint" required>
    <button>アドレスを確認する</button>
  </form>
  <p id="answer" role="status" tabindex="-1"></p>
  <noscript><p>このページには、JavaScriptが必要です。お使いになれないときは、お電話でお知らせください。</p></noscript>
  <p>お問い合わせ　${escapeHtml(desk.phone)}<br>${escapeHtml(desk.name)}</p>
  <script src="/v/form.js" defer></script>`;

/** Sends what was typed and says what came of it; the fields keep their text. */
export const VERIFICATION_SCRIPT = `
const form = document.getElementById('verification');
const answer = document.getElementById('answer');

function say(text) {
  answer.textContent = text;
  answer.focus();
}

function done({ changeRequestNumber, remaining }) {
  const next = remaining === 0
    ? '事務局が内容を確認し、結果をメールでお知らせします。'
    : 'ほかの新しいアドレス（あと' + remaining + '件）の確認を待っています。';
  return 'アドレスを確認しました。受付番号は ' + changeRequestNumber + ' です。' + next;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const number = form.elements.number.value.trim();
  if (number === '' || form.elements.code.value.trim() === '') {
    say('番号とコードを入力してください。');
    return;
  }
  say('送信しています。');
  try {
    const response = await fetch('/api/v1/verifications/' + encodeURIComponent(number), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: form.elements.code.value }),
    });
    const body = await response.json();
    if (response.ok) form.hidden = true;
    say(response.ok ? done(body) : (body.errors?.[0]?.message ?? body.title));
  } catch {
    say('送信できませんでした。入力は残っています。もう一度お試しください。');
  }
});
`;
