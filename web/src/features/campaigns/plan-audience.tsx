import type { ReactNode } from 'react';
import type { CampaignAudienceDto } from '../../api/schema';
import {
  AUDIENCE_KINDS,
  AudienceChoices,
  AudienceGroup,
  AudienceLists,
  toggled,
} from '../../ui/audience-lists';
import { Radios } from '../../ui/radios';
import { FRESHNESS } from './words';

interface AudienceProps {
  readonly audience: CampaignAudienceDto;
  readonly error: string | undefined;
  /** It has started: whom it asks is written down. */
  readonly fixed: boolean;
  readonly onChange: (audience: CampaignAudienceDto) => void;
}

/** Whom it asks. How many that are is told by the preview. */
export function AudienceFields({ audience, error, fixed, onChange }: AudienceProps): ReactNode {
  return (
    <section className="mt-12" aria-labelledby="audience">
      <h2 id="audience" tabIndex={-1}>
        対象の自治体
      </h2>
      {error && (
        <p className="err" id="audience-error">
          {error}
        </p>
      )}
      {fixed ? (
        <p className="mt-2">すでに始まっているので、対象の自治体は変えられません。</p>
      ) : (
        <>
          <Radios
            id="audience-kind"
            legend="どの自治体にたずねますか"
            options={AUDIENCE_KINDS}
            chosen={audience.kind}
            describedBy={error && 'audience-error'}
            onChange={(kind) => onChange({ ...audience, kind })}
          />
          {audience.kind === 'chosen' && <Chosen audience={audience} onChange={onChange} />}
        </>
      )}
    </section>
  );
}

function Chosen({ audience, onChange }: Pick<AudienceProps, 'audience' | 'onChange'>): ReactNode {
  return (
    <div className="box mt-2">
      <p>
        種別、都道府県、市長会・町村会、最後の確認は、<strong>選んだものすべてに当てはまる自治体</strong>
        にしぼり込みます。同じ欄の中では、どれかに当てはまれば対象になります。
        <strong>名前で選んだ自治体は、それに加わります。</strong>
        だれが当てはまるかは、始めるときに決まります。
      </p>
      <AudienceLists
        audience={audience}
        onChange={(list, values) => onChange({ ...audience, [list]: values })}
        more={
          <AudienceGroup name="最後の確認" chosen={audience.freshness.length}>
            <AudienceChoices
              legend="登録の確認がいつだったか（「古い」までの期間は、設定にあります）"
              options={FRESHNESS}
              chosen={audience.freshness}
              onToggle={(value) => onChange({ ...audience, freshness: toggled(audience.freshness, value) })}
            />
          </AudienceGroup>
        }
      />
    </div>
  );
}
