import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AudienceDto } from '../../api/schema';
import { Hidden } from '../../ui/text';
import { AudienceCount } from './editor-audience-count';
import { Picked } from './editor-audience-picked';
import { REGIONS } from './editor-prefectures';
import { associationsQuery } from './editor-queries';
import { isNobody } from './editor-values';
import { TYPES } from './editor-words';

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
      <fieldset className="field" aria-describedby={error ? 'audience-error' : undefined}>
        <legend>だれに知らせますか</legend>
        <div>
          <label className="check">
            <input
              type="radio"
              name="audience-kind"
              checked={audience.kind === 'all'}
              onChange={() => onChange({ ...audience, kind: 'all' })}
            />
            すべての登録自治体
          </label>
        </div>
        <div>
          <label className="check">
            <input
              type="radio"
              name="audience-kind"
              checked={choosing}
              onChange={() => {
                setOpened(true);
                onChange({ ...audience, kind: 'chosen' });
              }}
            />
            条件や名前で選ぶ
          </label>
        </div>
      </fieldset>
      {choosing && <Chosen audience={audience} onChange={onChange} />}
      <AudienceCount audience={audience} />
    </section>
  );
}

type List = 'prefectures' | 'associations' | 'types' | 'municipalities';

function Chosen({ audience, onChange }: Omit<AudienceProps, 'error' | 'mark'>): ReactNode {
  const associations = useQuery(associationsQuery()).data?.items ?? [];
  const set = (list: List, values: readonly string[]): void => onChange({ ...audience, [list]: values });
  const toggle = (list: List) => (value: string) =>
    set(
      list,
      audience[list].some((one) => one === value)
        ? audience[list].filter((one) => one !== value)
        : [...audience[list], value],
    );
  return (
    <div className="box mt-2">
      <p>
        都道府県、市長会・町村会、種別は、<strong>選んだものすべてに当てはまる自治体</strong>
        にしぼり込みます（例　「北海道」と「町」で、北海道の町）。同じ欄の中では、どれかに当てはまれば対象になります。
        <strong>名前で選んだ自治体は、それに加わります。</strong>
      </p>
      <Group name="種別" chosen={audience.types.length} open>
        <Choices
          legend={<Hidden>種別</Hidden>}
          options={TYPES}
          chosen={audience.types}
          onToggle={toggle('types')}
        />
      </Group>
      <Group name="都道府県" chosen={audience.prefectures.length}>
        {REGIONS.map(({ name, prefectures }) => (
          <Choices
            key={name}
            legend={name}
            options={prefectures}
            chosen={audience.prefectures}
            onToggle={toggle('prefectures')}
          />
        ))}
      </Group>
      <Group name="市長会・町村会" chosen={audience.associations.length}>
        <Choices
          legend="連携協定を結んでいる市長会・町村会"
          options={associations.map(({ id, name, registered }) => [id, `${name}（登録 ${registered}）`])}
          chosen={audience.associations}
          onToggle={toggle('associations')}
        />
      </Group>
      <Group name="名前で選ぶ" chosen={audience.municipalities.length} none="なし">
        <Picked codes={audience.municipalities} onChange={(codes) => set('municipalities', codes)} />
      </Group>
    </div>
  );
}

/** Folded away while nothing of it is chosen: 47 boxes are a long way by keyboard. */
function Group({
  name,
  chosen,
  none = '指定なし',
  open = false,
  children,
}: {
  readonly name: string;
  readonly chosen: number;
  readonly none?: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const [first] = useState(open || chosen > 0);
  return (
    <details className="fold" open={first}>
      <summary>
        {name}（{chosen === 0 ? none : `${chosen}を選択中`}）
      </summary>
      {children}
    </details>
  );
}

function Choices({
  legend,
  options,
  chosen,
  onToggle,
}: {
  readonly legend: ReactNode;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}): ReactNode {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map(([value, text]) => (
        <label key={value} className="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
