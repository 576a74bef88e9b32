import type { ReactNode } from 'react';
import { Button, TextArea } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { Hidden } from '../../ui/text';

interface TextListProps {
  /** First part of the fields' ids. */
  readonly name: string;
  readonly title: string;
  readonly texts: readonly string[];
  readonly mistakes: readonly Mistake[];
  readonly onChange: (texts: readonly string[]) => void;
}

/** Several texts to write, each in a field of its own. */
export function TextList({ name, title, texts, mistakes, onChange }: TextListProps): ReactNode {
  const add = (): void => {
    onChange([...texts, '']);
    requestAnimationFrame(() => document.getElementById(`${name}-${texts.length}`)?.focus());
  };
  const remove = (at: number): void => {
    onChange(texts.filter((_, index) => index !== at));
    document.getElementById(`${name}-title`)?.focus();
  };
  return (
    <section className="mt-6" aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`} tabIndex={-1}>
        {title}
      </h3>
      {texts.map((text, index) => (
        // They have no names but their places.
        <div key={index} className="pb-2">
          <TextArea
            id={`${name}-${index}`}
            label={`文例${index + 1}`}
            rows={2}
            value={text}
            error={messageFor(mistakes, `${name}-${index}`)}
            onChange={(event) =>
              onChange(texts.map((one, place) => (place === index ? event.target.value : one)))
            }
          />
          <Button size="s" className="mt-2" onClick={() => remove(index)}>
            この文例を消す
            <Hidden>
              （{title} 文例{index + 1}）
            </Hidden>
          </Button>
        </div>
      ))}
      <Button size="m" className="mt-4" onClick={add}>
        文例を加える<Hidden>（{title}）</Hidden>
      </Button>
    </section>
  );
}
