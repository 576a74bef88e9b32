import type { ReactNode } from 'react';
import { Button } from '../../ui/controls';
import type { CallFieldGroup } from './call-fields';
import { type Outcome, OUTCOMES, type Way } from './words';

/** What came of it, each with what happens when it is recorded. */
export function OutcomeFields({
  way,
  outcome,
  error,
  onChange,
}: {
  readonly way: Way;
  readonly outcome: Outcome | null;
  readonly error: string | undefined;
  readonly onChange: (outcome: Outcome) => void;
}): ReactNode {
  return (
    <fieldset className="field" aria-describedby={error ? 'outcome-error' : undefined}>
      <legend>
        {way === 'phone' ? '電話の結果' : '郵送の結果'}
        <span className="need">必須</span>
      </legend>
      {error && (
        <p className="err" id="outcome-error">
          {error}
        </p>
      )}
      {OUTCOMES[way].map(([value, text, then], at) => (
        <div key={value} className="mt-1">
          <label className="check">
            <input
              type="radio"
              name="outcome"
              // The first one is where an error leads to.
              id={at === 0 ? 'outcome' : `outcome-${value}`}
              checked={outcome === value}
              onChange={() => onChange(value)}
            />
            <span>
              {text}
              <span className="hint block">{then}</span>
            </span>
          </label>
        </div>
      ))}
    </fieldset>
  );
}

/** Which fields are right. */
export function PartFields({
  groups,
  chosen,
  error,
  onChange,
}: {
  readonly groups: readonly CallFieldGroup[];
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (pointers: readonly string[]) => void;
}): ReactNode {
  const toggle = (pointer: string): void =>
    onChange(chosen.includes(pointer) ? chosen.filter((one) => one !== pointer) : [...chosen, pointer]);
  return (
    <div className="field">
      <p className="font-bold" id="parts" tabIndex={-1}>
        正しいと確かめた項目
      </p>
      {error && <p className="err">{error}</p>}
      {groups.map(({ name, fields }) => {
        const pointers = fields.map(({ pointer }) => pointer);
        const all = pointers.every((pointer) => chosen.includes(pointer));
        return (
          <fieldset key={pointers[0]} className="box mt-2">
            <legend>{name}</legend>
            {fields.map(({ pointer, label, value }) => (
              <div key={pointer}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={chosen.includes(pointer)}
                    onChange={() => toggle(pointer)}
                  />
                  <span>
                    {label}　<span className="quiet">{value}</span>
                  </span>
                </label>
              </div>
            ))}
            {fields.length > 1 && (
              <Button
                plain
                size="s"
                onClick={() =>
                  onChange(
                    all
                      ? chosen.filter((one) => !pointers.includes(one))
                      : [...new Set([...chosen, ...pointers])],
                  )
                }
              >
                {all ? 'すべて外す' : 'すべて選ぶ'}（{name}）
              </Button>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
