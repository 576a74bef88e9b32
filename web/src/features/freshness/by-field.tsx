import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FreshnessSummaryResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { CountsTable } from './counts-table';
import { namesOf, percentOf } from './freshness-words';
import { summaryQuery } from './freshness-queries';
import { type Choice, meaningOf, nameOf, PlaceSelect } from './place-select';

/** Which kinds of field are old: a fax number that nobody has looked at, beside a name that was changed last week. */
export function ByField({
  summary,
  choice,
  onChoose,
}: {
  readonly summary: FreshnessSummaryResponse;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}): ReactNode {
  const query = useQuery({
    ...summaryQuery(meaningOf(choice)),
    // The table stays while another place is on its way.
    placeholderData: (before) => before,
  });
  return (
    <section className="mt-12 max-w-4xl" aria-labelledby="by-field">
      <h2 id="by-field">項目ごと</h2>
      <p className="small quiet mt-1">
        いま登録されている値のある項目を、それぞれが最後に確認された日で数えています。
      </p>
      <div className="no-print max-w-sm">
        <PlaceSelect id="place" label="どこの項目か" summary={summary} value={choice} onChange={onChoose} />
      </div>
      <Loaded query={query}>
        {({ fields, byField, freshMonths }) => (
          <>
            <p className="mt-4 mb-2">
              <b>{nameOf(summary, choice)}</b>の{fields.total}項目のうち、{namesOf(freshMonths).fresh}
              に確認されたのは
              <b>{fields.fresh}項目</b>（{percentOf(fields.fresh, fields.total)}）です。
            </p>
            <CountsTable
              head="項目"
              what="項目の数"
              caption="項目ごとの鮮度"
              freshMonths={freshMonths}
              rows={byField.map(({ field, label, ...row }) => ({ ...row, key: field, name: label }))}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
