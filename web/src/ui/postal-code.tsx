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
  readonly office: string | null;
}

/** A postal code that offers what it stands for. An address that is typed already is never overwritten by itself. */
export function PostalCodeField({ id, value, error, onChange, address, onAddress }: Props): ReactNode {
  const places = usePlaces(value);
  const fitting = places.filter(({ text }) => !address.startsWith(text));
  const [only] = places;
  useEffect(() => {
    if (places.length === 1 && only && address.trim() === '') onAddress(only.text);
    // What is typed in the address afterwards is the clerk's own.
  }, [places]);
  const offer = fitting.length === places.length ? fitting : [];
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
        offer.length > 0 && (
          <div className="mt-2" role="status">
            <p className="hint">この郵便番号の所在地です。選ぶと、下の欄に入ります。</p>
            <ul className="mt-1 flex flex-wrap gap-2">
              {offer.slice(0, MOST_OFFERED).map(({ text, office }) => (
                <li key={text + (office ?? '')}>
                  <Button size="s" onClick={() => onAddress(text)}>
                    {text}
                    {office && `（${office}）`}
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        )
      }
    />
  );
}

const MOST_OFFERED = 8;

/** What a code stands for, once all its digits are there. Not knowing is no error: one types the address. */
function usePlaces(typed: string): readonly Place[] {
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const code = typed.normalize('NFKC').replace(/[^0-9]/g, '');
  const [asked, setAsked] = useState(code);
  useEffect(() => {
    // Not for what was there already: only for what somebody types.
    if (code === asked) return undefined;
    setAsked(code);
    setPlaces([]);
    if (code.length !== 7) return undefined;
    let wanted = true;
    const look = async (): Promise<void> => {
      const found = await findPlaces(code).catch(() => []);
      if (wanted) setPlaces(found);
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [code]);
  return places;
}

async function findPlaces(code: string): Promise<Place[]> {
  const { items } = await ok(api.GET('/api/v1/postal-codes/{code}', { params: { path: { code } } }));
  return items.map(({ prefecture, city, town, office }) => ({ text: prefecture + city + town, office }));
}
