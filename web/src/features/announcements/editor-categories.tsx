import type { ReactNode } from 'react';
import { announce } from '../../ui/announce';
import { Button, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { Hidden } from '../../ui/text';

export interface CategoryValues {
  /** A new one has none. */
  readonly id?: string;
  readonly name: string;
}

/** Once it is drawn. */
const focus = (id: string): void => {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
};

/** Categories in the order in which readers find them. */
export function Categories({
  categories,
  mistakes,
  onChange,
}: {
  readonly categories: readonly CategoryValues[];
  readonly mistakes: readonly Mistake[];
  readonly onChange: (categories: readonly CategoryValues[]) => void;
}): ReactNode {
  const move = (from: number, to: number): void => {
    const one = categories[from];
    const rest = categories.filter((_, at) => at !== from);
    if (one) onChange([...rest.slice(0, to), one, ...rest.slice(to)]);
    announce(`${one?.name ?? ''}を${to + 1}番目にしました。`);
    // The button goes with what it moves; at an end, the other one is still there.
    const up = to < from;
    const way = up ? (to === 0 ? 'down' : 'up') : to === categories.length - 1 ? 'up' : 'down';
    focus(`category-${to}-${way}`);
  };
  const remove = (at: number): void => {
    onChange(categories.filter((_, place) => place !== at));
    announce(`${categories[at]?.name ?? ''}を外しました。保存すると、今後は使わなくなります。`);
    document.getElementById('categories')?.focus();
  };
  return (
    <section className="mt-8" aria-labelledby="categories">
      <h2 id="categories" tabIndex={-1}>
        分類
      </h2>
      <p className="mt-2">
        この順に並びます。外した分類は、今後は使わなくなります。すでに付いているお知らせには、そのまま残ります。
      </p>
      {categories.map(({ name, id }, at) => (
        // New ones have no names but their places.
        <div key={at} className="category">
          <TextField
            id={`category-${at}`}
            label={`分類${at + 1}`}
            className="m"
            autoComplete="off"
            value={name}
            error={messageFor(mistakes, `category-${at}`)}
            onChange={(event) =>
              onChange(
                categories.map((one, place) => (place === at ? { ...one, name: event.target.value } : one)),
              )
            }
          />
          <div className="flex flex-wrap gap-2">
            {at > 0 && (
              <Button size="s" id={`category-${at}-up`} onClick={() => move(at, at - 1)}>
                上へ<Hidden>（{name}）</Hidden>
              </Button>
            )}
            {at < categories.length - 1 && (
              <Button size="s" id={`category-${at}-down`} onClick={() => move(at, at + 1)}>
                下へ<Hidden>（{name}）</Hidden>
              </Button>
            )}
            {categories.length > 1 && (
              <Button size="s" onClick={() => remove(at)}>
                {id === undefined ? 'やめる' : '今後は使わない'}
                <Hidden>（{name}）</Hidden>
              </Button>
            )}
          </div>
        </div>
      ))}
      <Button
        size="m"
        className="mt-4"
        onClick={() => {
          onChange([...categories, { name: '' }]);
          focus(`category-${categories.length}`);
        }}
      >
        分類を加える
      </Button>
    </section>
  );
}
