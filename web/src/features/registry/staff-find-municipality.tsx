import type { ReactNode } from 'react';
import type { MunicipalityResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { MunicipalitySearch } from '../../ui/municipality-search';
import { Hidden } from '../../ui/text';

/** Finds a municipality in the master by its name, kana or code. */
export function FindMunicipality({
  chosen,
  error,
  onChoose,
}: {
  readonly chosen: MunicipalityResponse | null;
  readonly error?: string | undefined;
  readonly onChoose: (municipality: MunicipalityResponse | null) => void;
}): ReactNode {
  if (chosen) {
    return (
      <p className="mt-6 flex flex-wrap items-center gap-4" role="status">
        <span>
          登録する自治体{'　'}
          <b>
            {chosen.prefecture} {chosen.name}
          </b>
          （{chosen.code}）
        </span>
        <Button size="s" onClick={() => onChoose(null)}>
          選び直す
        </Button>
      </p>
    );
  }
  return (
    <MunicipalitySearch
      id="municipality"
      label="自治体"
      hint="名前、ふりがな、団体コードのどれかを入力すると、候補が出ます。"
      need="required"
      error={error}
      listClass="grid gap-2"
    >
      {(item) =>
        item.registered ? (
          <span className="quiet">
            {item.prefecture} {item.name}（登録済み）
          </span>
        ) : (
          <Button size="s" onClick={() => onChoose(item)}>
            {item.prefecture} {item.name}
            <Hidden>を選ぶ</Hidden>
          </Button>
        )
      }
    </MunicipalitySearch>
  );
}
