const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/** @returns a plain page without script; `body` is HTML already, the title isn't */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}｜特別区全国連携プロジェクト</title>
    <link rel="stylesheet" href="/dev/mailbox.css">
  </head>
  <body>
    <header><small>特別区全国連携プロジェクト</small><strong><a href="/">会員用ホームページ</a></strong></header>
    <main><h1>${escapeHtml(title)}</h1>${body}</main>
  </body>
</html>
`;
}

export const STYLESHEET = `
:root { color: #1a1a1a; font: 16px/1.7 "Noto Sans JP", "Noto Sans CJK JP", "BIZ UDPGothic", sans-serif; }
body { margin: 0; letter-spacing: .02em; }
header { display: grid; padding: 12px 24px; border-bottom: 1px solid #b3b3b3; }
header small, details small { color: #4d4d4d; font-size: 14px; }
main { max-width: 48rem; margin: 0 auto; padding: 24px; word-break: auto-phrase; }
h1 { font-size: 28px; line-height: 1.4; }
a { color: #00118f; text-underline-offset: 3px; }
a:focus-visible, summary:focus-visible { outline: 4px solid #000; outline-offset: 2px; background: #ffd43d; }
li { margin: 12px 0; }
details { border-top: 1px solid #b3b3b3; }
summary { display: grid; padding: 12px 0; cursor: pointer; overflow-wrap: anywhere; }
summary span { font-weight: 700; }
pre { margin: 0 0 24px; padding: 16px; background: #f2f2f2; border-radius: 8px; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
