import type { ComponentProps, ReactNode } from 'react';
import { TextField } from './controls';

type CodeFieldProps = Omit<ComponentProps<typeof TextField>, 'width' | 'inputMode'>;

/** A one-time code, from a mail or an authenticator. Spaces and full-width digits are the server's to understand. */
export function CodeField(props: CodeFieldProps): ReactNode {
  return <TextField autoComplete="one-time-code" {...props} width="code" inputMode="numeric" />;
}

/** The number beside the code of a mail, which says what is answered. */
export function NumberField(props: Omit<CodeFieldProps, 'id' | 'label' | 'hint'>): ReactNode {
  return <CodeField {...props} id="number" label="番号" hint="例　482 177 365" autoComplete="off" />;
}
