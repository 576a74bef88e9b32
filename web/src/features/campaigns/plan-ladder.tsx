import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { GoneStep, StepButtons, StepFields } from './plan-step';
import { fieldId, moved, nextStep, type StepValues } from './plan-values';
import { type Template, TEMPLATES } from './words';

const MOST_STEPS = 12;

const labelOf = (template: Template): string => TEMPLATES.find(([value]) => value === template)?.[1] ?? '';

const headingOf = ({ key }: StepValues): string => fieldId(key, 'heading');

/** お願いの段階: a list that one adds to, takes from and reorders. */
export function Ladder({
  steps,
  mistakes,
  openings,
  onChange,
}: {
  readonly steps: readonly StepValues[];
  readonly mistakes: readonly Mistake[];
  /** How each kind of mail begins by itself. */
  readonly openings: ReadonlyMap<Template, string>;
  readonly onChange: (steps: readonly StepValues[]) => void;
}): ReactNode {
  const focusOn = useRef<string | null>(null);
  useEffect(() => {
    // What was moved or added is there now.
    if (focusOn.current !== null) document.getElementById(focusOn.current)?.focus();
    focusOn.current = null;
  }, [steps]);
  const move = (at: number, by: -1 | 1): void => {
    const step = steps[at];
    if (!step) return;
    focusOn.current = headingOf(step);
    announce(`${at + 1 + by}段階目に移しました。`);
    onChange(moved(steps, at, by));
  };
  const remove = (at: number): void => {
    focusOn.current = 'ladder';
    announce(`${at + 1}段階目を外しました。`);
    onChange(steps.filter((_, index) => index !== at));
  };
  const add = (): void => {
    const step = nextStep(steps, crypto.randomUUID());
    focusOn.current = headingOf(step);
    onChange([...steps, step]);
  };
  const error = messageFor(mistakes, 'ladder');
  return (
    <section className="mt-12" aria-labelledby="ladder">
      <h2 id="ladder" tabIndex={-1}>
        お願いの段階
      </h2>
      <p className="mt-2">
        まだ回答のない自治体に、上から順に行います。事前のご案内、確認のお願い（1つ）、再度のお願い、電話、郵送の順に並べてください。
      </p>
      {error && <p className="err">{error}</p>}
      <ol className="ladder mt-6">
        {steps.map((step, at) => {
          const name = `${at + 1}　${labelOf(step.template)}`;
          const before = steps[at - 1];
          return (
            <li key={step.key} aria-labelledby={headingOf(step)}>
              <div className="ladder-head">
                <h3 id={headingOf(step)} tabIndex={-1}>
                  {name}
                </h3>
                {!step.gone && (
                  <StepButtons
                    name={name}
                    up={before !== undefined && !before.gone}
                    down={at < steps.length - 1}
                    onMove={(by) => move(at, by)}
                    onRemove={() => remove(at)}
                  />
                )}
              </div>
              {step.gone ? (
                <GoneStep step={step} />
              ) : (
                <StepFields
                  step={step}
                  at={at}
                  mistakes={mistakes}
                  openings={openings}
                  onChange={(next) => onChange(steps.map((one) => (one.key === step.key ? next : one)))}
                />
              )}
            </li>
          );
        })}
      </ol>
      {steps.length < MOST_STEPS && (
        <Button size="m" className="mt-6" onClick={add}>
          段階を加える
        </Button>
      )}
    </section>
  );
}
