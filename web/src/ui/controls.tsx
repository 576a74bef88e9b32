import type { ComponentProps, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';

const SIZES = { l: '', m: ' m', s: ' s' } as const;

interface Looks {
  readonly main?: boolean;
  readonly size?: keyof typeof SIZES;
  readonly plain?: boolean;
}

const looks = ({ main = false, size = 'l', plain = false }: Looks): string =>
  `btn${SIZES[size]}${main ? ' main' : ''}${plain ? ' plain' : ''}`;

interface ButtonProps extends Looks, Omit<ComponentProps<'button'>, 'size'> {
  /** It is being done: the button says so, keeps its place and its focus, and does nothing more. */
  readonly pending?: boolean;
  readonly pendingText?: string;
}

export function Button({
  main,
  size,
  plain,
  pending = false,
  pendingText = '送信しています',
  type = 'button',
  onClick,
  children,
  className = '',
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      {...rest}
      type={type}
      className={`${looks({ main, size, plain })} ${className}`}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {pending ? pendingText : children}
    </button>
  );
}

export function ButtonLink({ main, size, plain, className = '', ...rest }: Looks & LinkProps): ReactNode {
  return <Link {...rest} className={`${looks({ main, size, plain })} ${className}`} />;
}

interface FieldProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly need?: 'required' | 'optional' | 'none';
  /** Between the label and the input, after the hint. */
  readonly children: ReactNode;
}

/** A label, a hint, an error and one thing to type, in the order in which they are read. */
export function Field({ id, label, hint, error, need = 'none', children }: FieldProps): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {need === 'required' && <span className="need">必須</span>}
        {need === 'optional' && <span className="opt">任意</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="err" id={`${id}-error`}>
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

/** @returns what ties an input to its field's hint and error, and to what else tells about it, by its id */
export function described(
  id: string,
  {
    hint,
    error,
    also,
  }: { readonly hint?: ReactNode; readonly error?: string | undefined; readonly also?: string | undefined },
): { readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true } {
  const ids = [hint && `${id}-hint`, error && `${id}-error`, also].filter(Boolean).join(' ');
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': true as const }) };
}

type Width = 'full' | 'short' | 'tiny' | 'code';

interface TextFieldProps
  extends Omit<FieldProps, 'children'>, Omit<ComponentProps<'input'>, 'id' | 'size' | 'width'> {
  readonly width?: Width;
  readonly ref?: Ref<HTMLInputElement>;
  /** Stands below the input. */
  readonly after?: ReactNode;
}

export function TextField({
  id,
  label,
  hint,
  error,
  need,
  width = 'full',
  after,
  className = '',
  'aria-describedby': also,
  ...input
}: TextFieldProps): ReactNode {
  return (
    <Field id={id} label={label} hint={hint} error={error} need={need}>
      <input
        {...input}
        id={id}
        className={`input${width === 'full' ? '' : ` ${width}`} ${className}`}
        required={need === 'required'}
        {...described(id, { hint, error, also })}
      />
      {after}
    </Field>
  );
}

interface TextAreaProps extends Omit<FieldProps, 'children'>, Omit<ComponentProps<'textarea'>, 'id'> {
  /** Stands below it. */
  readonly after?: ReactNode;
}

export function TextArea({
  id,
  label,
  hint,
  error,
  need,
  after,
  'aria-describedby': also,
  ...area
}: TextAreaProps): ReactNode {
  return (
    <Field id={id} label={label} hint={hint} error={error} need={need}>
      <textarea
        rows={3}
        {...area}
        id={id}
        className="input m"
        required={need === 'required'}
        {...described(id, { hint, error, also })}
      />
      {after}
    </Field>
  );
}

interface SelectProps extends Omit<FieldProps, 'children'>, Omit<ComponentProps<'select'>, 'id'> {
  readonly children: ReactNode;
}

export function Select({
  id,
  label,
  hint,
  error,
  need,
  children,
  className = '',
  ...select
}: SelectProps): ReactNode {
  return (
    <Field id={id} label={label} hint={hint} error={error} need={need}>
      <select {...select} id={id} className={`input m ${className}`} {...described(id, { hint, error })}>
        {children}
      </select>
    </Field>
  );
}
