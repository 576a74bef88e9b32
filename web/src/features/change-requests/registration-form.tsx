import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { Problem } from '../../api/problem';
import { Button, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed } from '../../ui/notice';
import { Departments } from './form-departments';
import { type FormValues, inputId, mistakesOf } from './form-values';

interface Props {
  /** Above the form, below a summary of errors: the heading. */
  readonly heading: ReactNode;
  readonly initial: FormValues;
  /** What is registered, for what is taken off and put back. */
  readonly original: FormValues;
  /** At each change, for the draft. */
  readonly onChange: (values: FormValues) => void;
  readonly onSubmit: (values: FormValues) => void;
  readonly pending: boolean;
  readonly problem: Problem | null;
  /** Beside the button: whether the draft is kept, and the way to throw it away. */
  readonly foot: ReactNode;
}

/** A whole registration to edit. What the API finds wrong stands at its field; nothing typed is lost. */
export function RegistrationForm({
  heading,
  initial,
  original,
  onChange,
  onSubmit,
  pending,
  problem,
  foot,
}: Props): ReactNode {
  const form = useForm<FormValues>({ defaultValues: initial });
  const { register, watch, handleSubmit, getValues } = form;
  const mistakes = useMemo(
    () => mistakesOf(problem?.errors ?? [], getValues()),
    // Told anew at each answer, not at each letter.
    [problem],
  );
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setMended(new Set()), [mistakes]);
  const errorOf = (id: string): string | undefined =>
    mended.has(id) ? undefined : mistakes.find(({ field }) => field === id)?.message.replace(/^[^：]*：/, '');
  useEffect(() => {
    const { unsubscribe } = watch((_, { name }) => {
      onChange(getValues());
      const id = idOfName(name, getValues());
      if (id) setMended((ids) => (ids.has(id) ? ids : new Set(ids).add(id)));
    });
    return unsubscribe;
  }, [watch, onChange, getValues]);
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void handleSubmit((values) => onSubmit(values))(event);
        }}
      >
        <ErrorSummary mistakes={mistakes} />
        {heading}
        <TextField
          id="mainPhone"
          label="代表電話"
          hint="役所・役場の代表の電話番号です。例　0155-00-2110"
          type="tel"
          width="short"
          autoComplete="off"
          error={errorOf('mainPhone')}
          {...register('mainPhone')}
        />
        <Departments original={original} errorOf={errorOf} mistakes={mistakes} />
        <TextArea
          id="comment"
          label="事務局へのひとこと"
          hint="変更の理由など、内容の確認に役立つことがあれば書いてください。"
          need="optional"
          error={errorOf('comment')}
          {...register('comment')}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="send">
          <div className="btns">
            <Button main type="submit" pending={pending} pendingText="確かめています">
              変更の内容を確かめる
            </Button>
          </div>
          {foot}
        </div>
      </form>
    </FormProvider>
  );
}

/** `contacts.0.name` is the input `contacts-{id}-name`: who types there mends what was said of it. */
function idOfName(name: string | undefined, values: FormValues): string | null {
  const [root, index, field] = (name ?? '').split('.');
  if (root !== 'departments' && root !== 'contacts') return root || null;
  const item = values[root][Number(index)];
  return item && field ? inputId(`/${root}/${item.id}/${field}`) : null;
}
