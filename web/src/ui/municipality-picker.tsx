import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import type { MunicipalityResponse } from '../api/schema';
import { announce } from './announce';
import { Button } from './controls';
import { Hidden } from './text';
import { municipalityKey, municipalityQuery } from './municipality-queries';
import { MunicipalitySearch } from './municipality-search';

interface PickedProps {
  /** Six digits each. */
  readonly codes: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** Municipalities by their names, one after another. */
export function MunicipalityPicker({ codes, onChange }: PickedProps): ReactNode {
  const client = useQueryClient();
  const add = (item: MunicipalityResponse): void => {
    // Known already: it needn't be asked for once more.
    client.setQueryData(municipalityKey(item.code), item);
    onChange([...codes, item.code]);
    announce(`${item.prefecture}${item.name}を加えました。`);
    // Its button becomes a word: one goes on with the next name.
    document.getElementById('pick')?.focus();
  };
  const remove = (code: string, name: string): void => {
    onChange(codes.filter((one) => one !== code));
    announce(`${name}を外しました。`);
    document.getElementById('pick')?.focus();
  };
  return (
    <>
      <MunicipalitySearch
        id="pick"
        label="自治体をさがす"
        hint="名前、ふりがな、団体コードのどれかを入力すると、候補が出ます。選べるのは、登録のある自治体です。"
        width="short"
        onKeyDown={keepForm}
        listClass="picks"
      >
        {(item) => <Candidate item={item} picked={codes.includes(item.code)} onAdd={add} />}
      </MunicipalitySearch>
      <Chosen codes={codes} onRemove={remove} />
    </>
  );
}

/** Enter in the search isn't meant for the form around it. */
function keepForm(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

function Candidate({
  item,
  picked,
  onAdd,
}: {
  readonly item: MunicipalityResponse;
  readonly picked: boolean;
  readonly onAdd: (item: MunicipalityResponse) => void;
}): ReactNode {
  const name = `${item.prefecture} ${item.name}`;
  if (!item.registered) return <span className="quiet">{name}（登録がないため、選べません）</span>;
  if (picked) return <span>{name}（選択中）</span>;
  return (
    <Button size="s" onClick={() => onAdd(item)}>
      {name}
      <Hidden>を加える</Hidden>
    </Button>
  );
}

function Chosen({
  codes,
  onRemove,
}: {
  readonly codes: readonly string[];
  readonly onRemove: (code: string, name: string) => void;
}): ReactNode {
  const found = useQueries({ queries: codes.map((code) => municipalityQuery(code)) });
  if (codes.length === 0) return null;
  return (
    <>
      <h3 className="mt-4">選んだ自治体（{codes.length}）</h3>
      <ul className="list mt-2 border-t-2">
        {codes.map((code, at) => {
          const one = found[at]?.data;
          const name = one ? `${one.prefecture}${one.name}` : code;
          return (
            <li key={code} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span>
                {name}
                {one?.registered === false && '（いまは登録がないため、届きません）'}
              </span>
              <Button size="s" onClick={() => onRemove(code, name)}>
                外す<Hidden>（{name}）</Hidden>
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
