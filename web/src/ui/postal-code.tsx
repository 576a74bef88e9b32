import { type ReactNode, useEffect, useState } from 'react';
import { api, ok } from '../api/client';
import { Button, TextField } from './controls';

interface Props {
  readonly id: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly address: string;
  readonly onAddress: (address: string) => void;
}

interface Place {
  readonly text: string;
  /** The code is of more than one town: which, only the clerk knows. */
  readonly severalTowns: boolean;
}

/** A postal code that fills the address in. One that is typed already is only offered another, never overwritten. */
export function PostalCodeField({ id, value, error, onChange, address, onAddress }: Props): ReactNode {
  const place = usePlace(value);
  const [filled, setFilled] = useState(false);
  useEffect(() => {
    const fills = place !== null && !place.severalTowns && address.trim() === '';
    setFilled(fills);
    if (fills) onAddress(place.text);
    // What is typed in the address afterwards is the clerk's own.
  }, [place]);
  return (
    <TextField
      id={id}
      label="郵便番号"
      hint="例　080-0198"
      width="tiny"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      after={
        <div role="status" className="mt-1">
          {filled && <p className="hint">所在地に「{place?.text}」を入れました。続きを入力してください。</p>}
          {place !== null && !filled && !address.startsWith(place.text) && (
            <p className="hint">
              この郵便番号の所在地は「{place.text}」です
              {place.severalTowns ? '（ほかの町も含まれます）' : ''}。
              <Button
                size="s"
                onClick={() => {
                  onAddress(place.text);
                  setFilled(true);
                  document.getElementById(id.replace(/postalCode$/, 'address'))?.focus();
                }}
              >
                所在地に入れる
              </Button>
            </p>
          )}
        </div>
      }
    />
  );
}

/** What a code stands for, once all its digits are there. Not knowing is no error: one types the address. */
function usePlace(typed: string): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  const code = typed.normalize('NFKC').replace(/[^0-9]/g, '');
  const [asked, setAsked] = useState(code);
  useEffect(() => {
    // Not for what was there already: only for what somebody types.
    if (code === asked) return undefined;
    setAsked(code);
    setPlace(null);
    if (code.length !== 7) return undefined;
    let wanted = true;
    const look = async (): Promise<void> => {
      const found = await findPlace(code).catch(() => null);
      if (wanted) setPlace(found);
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [code]);
  return place;
}

async function findPlace(code: string): Promise<Place | null> {
  const { items } = await ok(api.GET('/api/v1/postal-codes/{code}', { params: { path: { code } } }));
  const [first] = items;
  if (!first) return null;
  const { prefecture, city, town, severalTowns } = first;
  return { text: prefecture + city + town, severalTowns };
}
