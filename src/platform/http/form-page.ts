import type { Desk } from '../../config/env.js';
import { escapeHtml, page } from './page-shell.js';

/** One thing to type. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete?: string;
}

/** A form that sends what was typed to the API, for people who have only a mail in their hands. */
export interface FormPage {
  readonly title: string;
  readonly lead: string;
  /** Path of the API; `{name}` stands for a field, the other fields make up the body. */
  readonly path: string;
  readonly fields: readonly FormField[];
  readonly button: string;
  /** Said when it worked; `{name}` stands for a member of the answer. */
  readonly done: string;
}

/** @returns a page that needs no framework and shows nothing of anybody; opening it changes nothing */
export function formPage({ title, lead, path, fields, button, done }: FormPage, desk: Desk): string {
  return page(
    title,
    `<form data-path="${escapeHtml(path)}" data-done="${escapeHtml(done)}" method="post" novalidate>
       <p>${escapeHtml(lead)}</p>
       ${fields.map(fieldHtml).join('')}
       <button>${escapeHtml(button)}</button>
     </form>
     <p id="answer" role="status" tabindex="-1"></p>
     <noscript><p>このページには、JavaScriptが必要です。お使いになれないときは、お電話でお知らせください。</p></noscript>
     <p>お問い合わせ　${escapeHtml(desk.phone)}<br>${escapeHtml(desk.name)}</p>
     <script src="/form.js" defer></script>`,
  );
}

export function fieldHtml({ name, label, hint, type = 'text', autocomplete = 'off' }: FormField): string {
  const numeric = type === 'text' ? ' inputmode="numeric"' : '';
  return `<label for="${name}">${escapeHtml(label)}</label>
       <p class="hint" id="${name}-hint">${escapeHtml(hint)}</p>
       <input id="${name}" name="${name}" type="${type}"${numeric} autocomplete="${autocomplete}"
         aria-describedby="${name}-hint" required>`;
}

/** Sends what was typed and says what came of it; the fields keep their text. */
export const FORM_SCRIPT = `
const form = document.querySelector('form');
const answer = document.getElementById('answer');

function say(text) {
  answer.textContent = text;
  answer.focus();
}

function fill(template, values, encode) {
  return template.replace(/[{](\\w+)[}]/g, (_, name) => encode(String(values[name] ?? '')));
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const typed = Object.fromEntries(new FormData(form));
  const empty = [...form.elements].find((field) => field.required && field.value.trim() === '');
  if (empty) {
    say('「' + form.querySelector('label[for="' + empty.id + '"]').textContent + '」を入力してください。');
    return;
  }
  say('送信しています。');
  const { path, done } = form.dataset;
  const body = Object.fromEntries(Object.entries(typed).filter(([name]) => !path.includes('{' + name + '}')));
  try {
    const response = await fetch(fill(path, typed, encodeURIComponent), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const result = text === '' ? {} : JSON.parse(text);
    if (response.ok) form.hidden = true;
    say(response.ok ? fill(done, result, String) : (result.errors?.[0]?.message ?? result.title));
  } catch {
    say('送信できませんでした。入力は残っています。もう一度お試しください。');
  }
});
`;
