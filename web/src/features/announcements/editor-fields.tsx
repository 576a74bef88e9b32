import type { ReactNode } from 'react';
import type { AnnouncementSettingsResponse } from '../../api/schema';
import { Select, TextArea, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { BodyField } from './editor-body';
import type { TextValues } from './editor-values';

interface TextFieldsProps<V extends TextValues> {
  readonly values: V;
  readonly set: (values: V) => void;
  readonly mistakes: readonly Mistake[];
  readonly categories: AnnouncementSettingsResponse['categories'];
  /** What it has now; one that isn't offered any more stays with what has it. */
  readonly category: { readonly id: string; readonly name: string } | null;
}

/** What it says: the same for a draft and for a correction. */
export function TextFields<V extends TextValues>({
  values,
  set,
  mistakes,
  categories,
  category,
}: TextFieldsProps<V>): ReactNode {
  const retired = category !== null && !categories.some(({ id }) => id === category.id);
  return (
    <>
      <div className="narrow">
        <TextField
          id="title"
          label="表題"
          hint="メールの件名にもなります。100文字まで。例　全国連携講演会のご案内"
          need="required"
          autoComplete="off"
          value={values.title}
          error={messageFor(mistakes, 'title')}
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
          label="要約"
          hint="メールに載る文章です。何のお知らせか、いつまでに何をするかを、400文字までで書きます。記号で飾ることはできません。"
          rows={4}
          value={values.summary}
          error={messageFor(mistakes, 'summary')}
          onChange={(event) => set({ ...values, summary: event.target.value })}
        />
      </div>
      <BodyField
        body={values.body}
        error={messageFor(mistakes, 'body')}
        onChange={(body) => set({ ...values, body })}
      />
    </>
  );
}
