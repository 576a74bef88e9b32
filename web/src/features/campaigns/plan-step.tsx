import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, Select, TextArea, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { formatDateJa, Hidden, Tag } from '../../ui/text';
import { fieldId, type StepValues } from './plan-values';
import { isList, RECIPIENTS, recipientsText, type Template, TEMPLATES } from './words';

/** The portal mails within these. */
const HOURS = Array.from({ length: 12 }, (_, index) => String(index + 7));

export interface StepProps {
  readonly step: StepValues;
  readonly at: number;
  readonly mistakes: readonly Mistake[];
  readonly openings: ReadonlyMap<Template, string>;
  readonly onChange: (step: StepValues) => void;
}

/** One rung: what goes to whom, when, and how its mail begins. */
export function StepFields({ step, at, mistakes, openings, onChange }: StepProps): ReactNode {
  const { key, template } = step;
  const set = (changes: Partial<StepValues>): void => onChange({ ...step, ...changes });
  const errorOf = (field: string): string | undefined => messageFor(mistakes, fieldId(key, field));
  const standard = openings.get(template);
  return (
    <>
      <div className="pair-fields">
        <Select
          id={fieldId(key, 'template')}
          label="内容"
          error={errorOf('template')}
          value={template}
          onChange={(event) => set({ template: event.target.value as Template })}
        >
          {TEMPLATES.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
              {isList(value) && '（メールは送りません）'}
            </option>
          ))}
        </Select>
        {!isList(template) && (
          <Select
            id={fieldId(key, 'recipients')}
            label="送り先"
            error={errorOf('recipients')}
            value={step.recipients}
            onChange={(event) => set({ recipients: event.target.value as StepValues['recipients'] })}
          >
            {RECIPIENTS.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
        )}
      </div>
      <DayFields step={step} first={at === 0} errorOf={errorOf} set={set} />
      {standard !== undefined && (
        <Opening open={step.opening !== '' || errorOf('opening') !== undefined}>
          <TextArea
            id={fieldId(key, 'opening')}
            label="書き出しの文"
            need="optional"
            hint={
              <>
                空欄のときは、次の文で始まります。
                <span className="block whitespace-pre-line quote">{standard}</span>
              </>
            }
            rows={3}
            value={step.opening}
            error={errorOf('opening')}
            onChange={(event) => set({ opening: event.target.value })}
          />
        </Opening>
      )}
    </>
  );
}

/** Folded away where the portal's own words do, as they mostly do; an error within it unfolds it. */
function Opening({ open, children }: { readonly open: boolean; readonly children: ReactNode }): ReactNode {
  const [first] = useState(open);
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (open && ref.current) ref.current.open = true;
  }, [open]);
  return (
    <details className="fold" open={first} ref={ref}>
      <summary>メールの書き出しの文</summary>
      {children}
    </details>
  );
}

function DayFields({
  step: { key, by, on, afterDays, hour },
  first,
  errorOf,
  set,
}: {
  readonly step: StepValues;
  readonly first: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly set: (changes: Partial<StepValues>) => void;
}): ReactNode {
  // The first one has nothing before it to count from; whoever moved it there sees its day and can set one.
  const choosing = !first || by === 'after';
  return (
    <>
      {choosing && (
        <fieldset className="field">
          <legend>日の決め方</legend>
          <div className="flex flex-wrap gap-x-6">
            {(['on', 'after'] as const).map((value) => (
              <label key={value} className="check">
                <input
                  type="radio"
                  name={fieldId(key, 'by')}
                  checked={by === value}
                  onChange={() => set({ by: value })}
                />
                {value === 'on' ? '日付で決める' : '前の段階からの開庁日数で決める'}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div className="flex flex-wrap gap-x-6">
        {by === 'on' ? (
          <TextField
            id={fieldId(key, 'on')}
            label="日付"
            type="date"
            className="m"
            width="short"
            hint="閉庁日のときは、次の開庁日になります。"
            value={on}
            error={errorOf('on')}
            onChange={(event) => set({ on: event.target.value })}
          />
        ) : (
          <TextField
            id={fieldId(key, 'afterDays')}
            label="前の段階から何開庁日あと"
            className="m"
            width="tiny"
            inputMode="numeric"
            autoComplete="off"
            hint="土日、祝日、年末年始、休業日は数えません。"
            value={afterDays}
            error={errorOf('afterDays')}
            onChange={(event) => set({ afterDays: event.target.value })}
          />
        )}
        <Select
          id={fieldId(key, 'hour')}
          label="時刻"
          hint="その日のこの時刻から"
          className="tiny"
          value={hour}
          error={errorOf('hour')}
          onChange={(event) => set({ hour: event.target.value })}
        >
          {HOURS.map((value) => (
            <option key={value} value={value}>
              {value}時
            </option>
          ))}
        </Select>
      </div>
    </>
  );
}

/** What has gone can't be changed any more. */
export function GoneStep({ step }: { readonly step: StepValues }): ReactNode {
  const { template, recipients, by, on, afterDays, hour, opening } = step;
  return (
    <div className="mt-2">
      <p>
        <Tag>済み</Tag>
        {'　'}
        {[
          isList(template) ? 'リストを作りました' : recipientsText(recipients),
          by === 'on' ? formatDateJa(on) : `前の段階から${afterDays}開庁日あと`,
          `${hour}時`,
        ].join('　')}
      </p>
      {opening !== '' && <p className="small quiet whitespace-pre-line mt-1">{opening}</p>}
      <p className="hint mt-1">すでに行われた段階は、変えられません。</p>
    </div>
  );
}

export function StepButtons({
  name,
  up,
  down,
  onMove,
  onRemove,
}: {
  readonly name: string;
  readonly up: boolean;
  readonly down: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}): ReactNode {
  return (
    <span className="flex flex-wrap gap-2">
      {up && (
        <Button size="s" onClick={() => onMove(-1)}>
          上へ<Hidden>移す（{name}）</Hidden>
        </Button>
      )}
      {down && (
        <Button size="s" onClick={() => onMove(1)}>
          下へ<Hidden>移す（{name}）</Hidden>
        </Button>
      )}
      <Button size="s" onClick={onRemove}>
        外す<Hidden>（{name}）</Hidden>
      </Button>
    </span>
  );
}
