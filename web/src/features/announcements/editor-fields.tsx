import type { ReactNode } from 'react';
import type { AnnouncementSettingsResponse } from '../../api/schema';
import { Select, TextArea, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { BodyField } from './editor-body';
import { lengthOf, MOST, type TextValues } from './editor-values';

interface TextFieldsProps<V extends TextValues> {
  readonly values: V;
  readonly set: (values: V) => void;
  readonly mistakes: readonly Mistake[];
  readonly categories: AnnouncementSettingsResponse['categories'];
  /** What it has now; one that isn't offered any more stays with what has it. */
  readonly category: { readonly id: string; readonly name: string } | null;
  /** It is out: nothing may be missing. A draft may still lack what it takes to go out. */
  readonly out: boolean;
}

/** What it says: the same for a draft and for a correction. */
export function TextFields<V extends TextValues>({
  values,
  set,
  mistakes,
  categories,
  category,
  out,
}: TextFieldsProps<V>): ReactNode {
  const retired = category !== null && !categories.some(({ id }) => id === category.id);
  return (
    <>
      <div className="narrow">
        <TextField
          id="title"
          label="表題"
          hint="メールの件名にもなります。例　全国連携講演会のご案内"
          need="required"
          autoComplete="off"
          value={values.title}
          error={messageFor(mistakes, 'title')}
          aria-describedby="title-count"
          after={<Counter id="title-count" text={values.title} most={MOST.title} />}
          onChange={(event) => set({ ...values, title: event.target.value })}
        />
        <Select
          id="categoryId"
          label="分類"
          need="required"
          className="!max-w-xs"
          value={values.categoryId}
          error={messageFor(mistakes, 'categoryId')}
          onChange={(event) => set({ ...values, categoryId: event.target.value })}
        >
          <option value="">選んでください</option>
          {retired && <option value={category.id}>{category.name}（今後は使わない分類）</option>}
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextArea
          id="summary"
          label={<>要約{!out && <ForPublication />}</>}
          need={out ? 'required' : 'none'}
          hint="メールに載る文章です。何のお知らせか、いつまでに何をするかを書きます。記号で飾ることはできません。"
          rows={4}
          value={values.summary}
          error={messageFor(mistakes, 'summary')}
          aria-describedby="summary-count"
          after={<Counter id="summary-count" text={values.summary} most={MOST.summary} />}
          onChange={(event) => set({ ...values, summary: event.target.value })}
        />
      </div>
      <BodyField
        body={values.body}
        mark={out ? <span className="need">必須</span> : <ForPublication />}
        errors={mistakes.filter(({ field }) => field === 'body').map(({ message }) => message)}
        onChange={(body) => set({ ...values, body })}
      />
    </>
  );
}

/** Beside what a draft may lack, and nothing that goes out. */
export const ForPublication = (): ReactNode => <span className="opt">公開に必要</span>;

/** Told with the field, and not at every key. Characters as the portal counts them. */
export function Counter({
  id,
  text,
  most,
}: {
  readonly id: string;
  readonly text: string;
  readonly most: number;
}): ReactNode {
  const length = lengthOf(text);
  return (
    <p className={length > most ? 'err small' : 'hint mt-1'} id={id}>
      {length}／{most}文字
      {length > most && `（${length - most}文字多くなっています）`}
    </p>
  );
}
