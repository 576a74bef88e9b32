import type { ReactNode } from 'react';
import { TextField } from '../../ui/controls';

/** How it is shown, which says nothing to anybody. */
export interface ShownValues {
  readonly pinned: boolean;
  /** `YYYY-MM-DD`, or empty for no end. */
  readonly lastDay: string;
}

/** Whether it stands first, and until when it is there: the same for a draft and for one that is out. */
export function ShowingFields<V extends ShownValues>({
  values,
  set,
  error,
}: {
  readonly values: V;
  readonly set: (values: V) => void;
  /** What is wrong with its last day. */
  readonly error: string | undefined;
}): ReactNode {
  return (
    <>
      <label className="check mt-3">
        <input
          type="checkbox"
          checked={values.pinned}
          onChange={() => set({ ...values, pinned: !values.pinned })}
        />
        一覧の先頭に固定し、ホームにも出す
      </label>
      <TextField
        id="lastDay"
        label="掲載の終わり"
        need="optional"
        hint="この日の終わりまで載ります。入れなければ、終わりを決めずに載せます。"
        type="date"
        width="short"
        value={values.lastDay}
        error={error}
        onChange={(event) => set({ ...values, lastDay: event.target.value })}
      />
    </>
  );
}
