import type { ReactNode } from 'react';
import { Button } from './controls';

interface NewerProps {
  /** What differs from what was typed: the field's name and what stands there now. */
  readonly fields: readonly (readonly [name: string, now: string])[];
  readonly pending: boolean;
  readonly onTake: () => void;
  readonly onSave: () => void;
}

/** Somebody else has saved while one typed: shows theirs and asks. Who types on is told, and not moved. */
export function Newer({ fields, pending, onTake, onSave }: NewerProps): ReactNode {
  return (
    <div className="notice warn mt-6" role="alert">
      <h2 id="newer" tabIndex={-1}>
        入力のあいだに、ほかの職員が内容を変えました
      </h2>
      <p>入力は残っています。入力と違うのは、次のところです。</p>
      <dl className="facts small mt-2">
        {fields.map(([name, now]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="whitespace-pre-line">{now}</dd>
          </div>
        ))}
      </dl>
      <div className="btns mt-4">
        <Button size="s" onClick={onTake}>
          新しい内容を読み込む
        </Button>
        <Button size="s" main pending={pending} pendingText="保存しています" onClick={onSave}>
          この内容で保存する
        </Button>
      </div>
      <p className="hint mt-2">
        「新しい内容を読み込む」を押すと、入力した内容は消えます。「この内容で保存する」を押すと、入力した内容に置き換わります。
      </p>
    </div>
  );
}

/** Pressed although it has to be asked first. */
export const leadToNewer = (): void => document.getElementById('newer')?.focus();
