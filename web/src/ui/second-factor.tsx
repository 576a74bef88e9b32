import type { ReactNode } from 'react';
import { Button } from './controls';

const inFours = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? text;

/** What an authenticator app needs, for its camera and to be typed. */
export function QrCode({ svg, secret }: { readonly svg: string; readonly secret: string }): ReactNode {
  return (
    <>
      <p className="mt-2">
        スマートフォンなどの確認アプリ（Google Authenticator、Microsoft Authenticator
        など）で、次のQRコードを読み取ってください。
      </p>
      <img
        className="box mt-4"
        src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
        alt="確認アプリに登録するためのQRコード"
        width={220}
        height={220}
      />
      <p className="mt-4">
        カメラがないときは、次の文字をアプリに入力してください。
        <br />
        <code className="font-mono text-lg">{inFours(secret)}</code>
      </p>
    </>
  );
}

/** Ten codes in place of the app's, shown this once. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  return (
    <>
      <p className="mt-4">
        次の<strong>予備コード</strong>
        を印刷するか書き写して、鍵のかかるところに保管してください。確認アプリが使えないときに、コードの代わりに、それぞれ1回だけ使えます。
        <strong>この画面を閉じると、もう表示できません。</strong>
      </p>
      <ol className="mt-4 grid gap-x-8 gap-y-2 box font-mono text-lg sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{inFours(code)}</li>
        ))}
      </ol>
      <div className="btns mt-4 no-print">
        <Button size="m" onClick={() => window.print()}>
          印刷する
        </Button>
      </div>
    </>
  );
}
