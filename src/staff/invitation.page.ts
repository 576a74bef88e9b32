import type { Desk } from '../config/env.js';
import { type FormField, fieldHtml } from '../platform/http/form-page.js';
import { escapeHtml, page } from '../platform/http/page-shell.js';

const FROM_THE_MAIL: readonly FormField[] = [
  { name: 'number', label: '番号', hint: '例　482 177 365' },
  {
    name: 'code',
    label: 'コード',
    hint: '12桁の数字です。例　4821 7736 0954',
    autocomplete: 'one-time-code',
  },
];

const TO_CHOOSE: readonly FormField[] = [
  {
    name: 'password',
    label: '新しいパスワード',
    hint: '15文字以上。文字の種類は問いません。よく使われる言葉だけのものは使えません。',
    type: 'password',
    autocomplete: 'new-password',
  },
  {
    name: 'totp',
    label: '確認アプリに表示された6桁のコード',
    hint: '30秒ごとに変わります。例　492 039',
    autocomplete: 'one-time-code',
  },
];

/** @returns three steps on one page: what the mail says, password and app, and the codes to keep */
export function invitationPage(desk: Desk): string {
  return page(
    '職員用アカウントの設定',
    `<form id="step-mail" method="post" novalidate>
       <p>案内のメールに書かれた番号とコードを入力してください。次の画面で、パスワードと確認アプリを設定します。</p>
       ${FROM_THE_MAIL.map(fieldHtml).join('')}
       <button>次へ進む</button>
     </form>
     <form id="step-set-up" method="post" novalidate hidden>
       <p><strong id="email"></strong> のアカウントを設定します。</p>
       <h2>確認アプリに登録する</h2>
       <p>スマートフォンなどの確認アプリ（Google Authenticator、Microsoft Authenticator など）で、次のQRコードを読み取ってください。</p>
       <img id="qr" alt="確認アプリに登録するためのQRコード" width="220" height="220">
       <p>カメラがないときは、次の文字をアプリに入力してください。<br><code id="secret"></code></p>
       <h2>パスワードを決める</h2>
       <input type="email" id="username" autocomplete="username" readonly hidden>
       ${TO_CHOOSE.map(fieldHtml).join('')}
       <button>設定する</button>
     </form>
     <section id="step-done" hidden>
       <h2>設定が終わりました</h2>
       <p>次の<strong>予備コード</strong>を印刷するか書き写して、鍵のかかるところに保管してください。確認アプリが使えないときに、コードの代わりに、それぞれ1回だけ使えます。<strong>この画面を閉じると、もう表示できません。</strong></p>
       <ol id="codes"></ol>
       <p>これからは、メールアドレス、パスワード、確認アプリのコードでログインします。いま入力したコードは使い終わりました。確認アプリに次のコードが表示されてから、ログインしてください。</p>
     </section>
     <p id="answer" role="status" tabindex="-1"></p>
     <noscript><p>このページには、JavaScriptが必要です。お使いになれないときは、お電話でお知らせください。</p></noscript>
     <p>お問い合わせ　${escapeHtml(desk.phone)}<br>${escapeHtml(desk.name)}</p>
     <script src="/invitation.js" defer></script>`,
  );
}

/** Nothing is kept but in the page itself; what was typed stays when something is wrong with it. */
export const INVITATION_SCRIPT = `
const byId = (id) => document.getElementById(id);
const fromTheMail = byId('step-mail');
const toSetUp = byId('step-set-up');
const answer = byId('answer');

function say(text) {
  answer.textContent = text;
  if (text !== '') answer.focus();
}

function emptyIn(form) {
  const empty = [...form.elements].find((field) => field.required && field.value.trim() === '');
  if (!empty) return false;
  say('「' + form.querySelector('label[for="' + empty.id + '"]').textContent + '」を入力してください。');
  return true;
}

async function send(step, body) {
  say('送信しています。');
  try {
    const number = encodeURIComponent(byId('number').value);
    const response = await fetch('/api/v1/auth/invitations/' + number + '/' + step, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const result = await response.json();
    say(response.ok ? '' : (result.errors?.[0]?.message ?? result.title));
    return response.ok ? result : null;
  } catch {
    say('送信できませんでした。入力は残っています。もう一度お試しください。');
    return null;
  }
}

let factorId;

fromTheMail.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (emptyIn(fromTheMail)) return;
  const found = await send('setup', { code: byId('code').value });
  if (!found) return;
  factorId = found.factorId;
  byId('email').textContent = found.email;
  byId('username').value = found.email;
  byId('secret').textContent = found.secret.match(/.{1,4}/g).join(' ');
  byId('qr').src = 'data:image/svg+xml,' + encodeURIComponent(found.qr);
  fromTheMail.hidden = true;
  toSetUp.hidden = false;
  byId('password').focus();
});

toSetUp.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (emptyIn(toSetUp)) return;
  const done = await send('accept', {
    code: byId('code').value,
    password: byId('password').value,
    factorId,
    totp: byId('totp').value,
  });
  if (!done) return;
  for (const code of done.codes) {
    const line = document.createElement('li');
    line.textContent = code.match(/.{4}/g).join(' ');
    byId('codes').append(line);
  }
  toSetUp.hidden = true;
  byId('step-done').hidden = false;
  byId('step-done').querySelector('h2').tabIndex = -1;
  byId('step-done').querySelector('h2').focus();
});
`;
