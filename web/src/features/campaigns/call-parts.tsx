import type { ReactNode } from 'react';
import { Button } from '../../ui/controls';
import type { CallFieldGroup } from './call-fields';

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
