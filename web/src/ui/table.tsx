import type { ReactNode } from 'react';

/** Its words, or words above figures. */
type Head = string | { readonly figures: string };

/** The heads of a table whose rows a narrow screen stacks: there, roles keep it a table for who listens. */
export function Heads({ texts }: { readonly texts: readonly Head[] }): ReactNode {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {texts.map((head) => {
          const text = typeof head === 'string' ? head : head.figures;
          return (
            <th
              key={text}
              scope="col"
              role="columnheader"
              className={typeof head === 'string' ? undefined : 'n'}
            >
              {text}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** A table that a narrow screen stacks: one body of rows below its heads. */
export function StackedTable({
  caption,
  heads,
  className = 'mt-3',
  children,
}: {
  /** For who listens. */
  readonly caption: string;
  readonly heads: readonly Head[];
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <table className={`table stacked ${className}`} role="table">
      <caption className="sr-only">{caption}</caption>
      <Heads texts={heads} />
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

/** What there is to know of one thing, by name; what isn't there is left out. */
export function FactSheet({
  facts,
  className = '',
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
  readonly className?: string;
}): ReactNode {
  return (
    <table className={`sheet ${className}`}>
      <tbody>
        {facts
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
