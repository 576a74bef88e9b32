import type { ReactNode } from 'react';

/** One of a few, each on a line of its own with what it leads to, where that has to be said. */
export function Radios<Value extends string>({
  id,
  legend,
  required = false,
  options,
  chosen,
  error,
  describedBy,
  className = '',
  onChange,
}: {
  /** Of the first one, where an error leads to; also the group's name. */
  readonly id: string;
  readonly legend: string;
  readonly required?: boolean;
  readonly options: readonly (readonly [value: Value, text: string, then?: string])[];
  readonly chosen: Value | null;
  readonly error?: string | undefined;
  /** Id of what describes it elsewhere. */
  readonly describedBy?: string | undefined;
  readonly className?: string;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  return (
    <fieldset
      className={`field ${className}`}
      aria-describedby={[error && `${id}-error`, describedBy].filter(Boolean).join(' ') || undefined}
    >
      <legend>
        {legend}
        {required && <span className="need">必須</span>}
      </legend>
      {error && (
        <p className="err" id={`${id}-error`}>
          {error}
        </p>
      )}
      {options.map(([value, text, then], at) => (
        <div key={value} className={then && 'mt-1'}>
          <label className="check">
            <input
              type="radio"
              name={id}
              id={at === 0 ? id : `${id}-${value}`}
              checked={chosen === value}
              onChange={() => onChange(value)}
            />
            <span>
              {text}
              {then && <span className="hint block">{then}</span>}
            </span>
          </label>
        </div>
      ))}
    </fieldset>
  );
}
