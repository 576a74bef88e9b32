import type { ReactNode } from 'react';
import { Select, TextArea } from '../../ui/controls';

interface ReasonProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly templates: readonly string[];
  readonly value: string;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly onChange: (value: string) => void;
}

/** A reason that goes out as it stands, begun from one of the office's texts or freely. */
export function Reason({
  id,
  label,
  hint,
  templates,
  value,
  error,
  rows = 3,
  onChange,
}: ReasonProps): ReactNode {
  return (
    <>
      {templates.length > 0 && (
        <Select
          id={`${id}-template`}
          label={`${label}の文例`}
          value=""
          onChange={(event) => onChange(joined(value, event.target.value))}
        >
          <option value="">選んでください</option>
          {templates.map((template) => (
            <option key={template} value={template}>
              {template}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id={id}
        label={label}
        hint={hint}
        need="required"
        rows={rows}
        value={value}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}

/** What was typed stays; a template comes after it. */
function joined(typed: string, template: string): string {
  if (template === '' || typed.includes(template)) return typed;
  return typed.trim() === '' ? template : `${typed.trimEnd()}\n${template}`;
}
