import type { ReactNode } from 'react';
import type { ReviewPolicyResponse } from '../../api/schema';

type Rule = ReviewPolicyResponse['rules'][number];

export function Rules({
  rules,
  caption,
}: {
  readonly rules: readonly Rule[];
  readonly caption: string;
}): ReactNode {
  return (
    <table className="table mt-4">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">項目</th>
          <th scope="col">扱い</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ field, label, rule }) => (
          <tr key={field}>
            <th scope="row">{label}</th>
            <td>{rule === 'at-once' ? 'すぐに反映' : '内容確認を待つ'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
