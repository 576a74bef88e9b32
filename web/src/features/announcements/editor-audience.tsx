import { type ReactNode, useState } from 'react';
import type { AudienceDto } from '../../api/schema';
import { AUDIENCE_KINDS, AudienceLists } from '../../ui/audience-lists';
import { Radios } from '../../ui/radios';
import { AudienceCount } from './editor-audience-count';
import { isNobody } from './editor-values';

interface AudienceProps {
  readonly audience: AudienceDto;
  /** Beside the heading: whether it has to be there. */
  readonly mark: ReactNode;
  readonly error: string | undefined;
  readonly onChange: (audience: AudienceDto) => void;
}

/** Whom it is for. Nothing is chosen beforehand: that all municipalities get a mail is somebody's decision. */
export function AudienceFields({ audience, mark, error, onChange }: AudienceProps): ReactNode {
  const [opened, setOpened] = useState(audience.kind === 'chosen' && !isNobody(audience));
  const choosing = audience.kind === 'chosen' && (opened || !isNobody(audience));
  return (
    <section className="mt-12" aria-labelledby="audience">
      <h2 id="audience" tabIndex={-1}>
        対象の自治体{mark}
      </h2>
      {error && (
        <p className="err" id="audience-error">
          {error}
        </p>
      )}
      <Radios
        id="audience-kind"
        legend="だれに知らせますか"
        options={AUDIENCE_KINDS}
        // Before anybody has decided, it is neither.
        chosen={audience.kind === 'chosen' && !choosing ? null : audience.kind}
        describedBy={error && 'audience-error'}
        onChange={(kind) => {
          if (kind === 'chosen') setOpened(true);
          onChange({ ...audience, kind });
        }}
      />
      {choosing && <Chosen audience={audience} onChange={onChange} />}
      <AudienceCount audience={audience} />
    </section>
  );
}

function Chosen({ audience, onChange }: Omit<AudienceProps, 'error' | 'mark'>): ReactNode {
  return (
    <div className="box mt-2">
      <p>
        都道府県、市長会・町村会、種別は、<strong>選んだものすべてに当てはまる自治体</strong>
        にしぼり込みます（例　「北海道」と「町」で、北海道の町）。同じ欄の中では、どれかに当てはまれば対象になります。
        <strong>名前で選んだ自治体は、それに加わります。</strong>
      </p>
      <AudienceLists
        audience={audience}
        onChange={(list, values) => onChange({ ...audience, [list]: values })}
      />
    </div>
  );
}
