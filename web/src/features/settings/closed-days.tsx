import type { ReactNode } from 'react';
import { Button, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { Hidden } from '../../ui/text';
import { type ClosedDayValues, closedDayText } from './settings-values';

interface ClosedDaysProps {
  readonly days: readonly ClosedDayValues[];
  readonly mistakes: readonly Mistake[];
  readonly onChange: (days: readonly ClosedDayValues[]) => void;
}

const focus = (id: string): void => document.getElementById(id)?.focus();

/** 事務局の休業日, each with a word for colleagues: what deadlines in working days pass over. */
export function ClosedDays({ days, mistakes, onChange }: ClosedDaysProps): ReactNode {
  const add = (): void => {
    onChange([...days, { date: '', note: '' }]);
    requestAnimationFrame(() => focus(`closedDays-${days.length}-date`));
  };
  const remove = (at: number): void => {
    onChange(days.filter((_, index) => index !== at));
    focus('closedDays-title');
  };
  const set = (at: number, change: Partial<ClosedDayValues>): void =>
    onChange(days.map((day, index) => (index === at ? { ...day, ...change } : day)));
  const ofAll = messageFor(mistakes, 'closedDays-title');
  return (
    <section className="mt-6" aria-labelledby="closedDays-title">
      <h3 id="closedDays-title" tabIndex={-1}>
        事務局の休業日
      </h3>
      <p className="hint">
        土日、祝日、12月29日から1月3日までのほかに、事務局が休む日です。営業日で数える期限は、この日をとばします。100日まで。
      </p>
      {ofAll && <p className="err">{ofAll}</p>}
      {days.map((day, index) => (
        // They have no names but their places.
        <ClosedDay
          key={index}
          day={day}
          place={index}
          mistakes={mistakes}
          onChange={(change) => set(index, change)}
          onRemove={() => remove(index)}
        />
      ))}
      <Button size="m" className="mt-4" onClick={add}>
        休業日を加える
      </Button>
    </section>
  );
}

function ClosedDay({
  day,
  place,
  mistakes,
  onChange,
  onRemove,
}: {
  readonly day: ClosedDayValues;
  readonly place: number;
  readonly mistakes: readonly Mistake[];
  readonly onChange: (change: Partial<ClosedDayValues>) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const id = `closedDays-${place}`;
  return (
    <div className="grid items-start gap-x-4 desktop:grid-cols-[12rem_1fr]">
      <TextField
        id={`${id}-date`}
        label={`休業日${place + 1}`}
        type="date"
        className="m"
        value={day.date}
        error={messageFor(mistakes, `${id}-date`)}
        onChange={(event) => onChange({ date: event.target.value })}
      />
      <TextField
        id={`${id}-note`}
        label={
          <>
            理由<Hidden>（休業日{place + 1}）</Hidden>
          </>
        }
        need="optional"
        className="m"
        maxLength={60}
        value={day.note}
        error={messageFor(mistakes, `${id}-note`)}
        onChange={(event) => onChange({ note: event.target.value })}
      />
      <p className="mt-2">
        <Button size="s" onClick={onRemove}>
          この休業日を消す
          <Hidden>
            （休業日{place + 1}　{closedDayText(day)}）
          </Hidden>
        </Button>
      </p>
    </div>
  );
}
