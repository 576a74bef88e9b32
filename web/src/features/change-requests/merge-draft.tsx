import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { compareThreeWay, mergeThreeWay } from '../../../../src/registry/registration-merge';
import type { RegistrationDocument } from '../../../../src/registry/registration-document';
import { api, ok } from '../../api/client';
import type { RegistrationResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor } from '../../ui/mistakes';
import { ErrorSummary, type Mistake, Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { type FormValues, toProposed, toValues } from './form-values';
import { conflictId, Conflicts, missingChoices, type Side } from './three-ways';

interface Props {
  readonly registration: RegistrationResponse;
  readonly baseVersion: number;
  readonly values: FormValues;
  readonly onMerged: (values: FormValues) => void;
}

/** A draft whose registration has changed since: what only one side changed holds, the rest is asked. */
export function MergeDraft(props: Props): ReactNode {
  const { registration, baseVersion } = props;
  const query = useQuery({
    queryKey: ['registrations', registration.id, 'version', baseVersion],
    queryFn: async () => {
      const { items } = await ok(
        api.GET('/api/v1/registrations/{id}/history', {
          params: { path: { id: registration.id }, query: { limit: 100 } },
        }),
      );
      return items.find(({ version }) => version === baseVersion)?.document ?? null;
    },
  });
  return (
    <Page
      heading="書きかけのあとに、登録が変わりました"
      title="登録の修正"
      width="full"
      lead={`書きかけは第${baseVersion}版をもとにしています。いまの登録は第${registration.version}版です。`}
    >
      <Loaded query={query}>{(base) => <Merging {...props} base={base} />}</Loaded>
    </Page>
  );
}

const asDocument = (value: object): RegistrationDocument => value as RegistrationDocument;

function Merging({
  registration,
  baseVersion,
  values,
  onMerged,
  base,
}: Props & { readonly base: object | null }): ReactNode {
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const current = useMemo(() => asDocument(toProposed(toValues(registration))), [registration]);
  const proposed = useMemo(() => asDocument(toProposed(values)), [values]);
  // A version too old to be shown: everything that differs from today is asked.
  const origin = base ? asDocument(toProposed(toValues(base as RegistrationResponse))) : current;
  const fields = useMemo(() => compareThreeWay(origin, current, proposed), [origin, current, proposed]);
  const conflicts = fields.filter(({ state }) => state === 'conflict');
  const others = fields.filter(({ state }) => state === 'current');
  const go = (): void => {
    const missing = missingChoices(conflicts, sides);
    setMistakes(missing);
    const { document } = mergeThreeWay(origin, current, proposed, new Map(Object.entries(sides)));
    if (missing.length === 0) onMerged(toValues(document as never, values.comment));
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {others.length > 0 && (
        <Notice className="mt-6" title="書きかけに取り込む変更">
          <ul className="bullets">
            {others.map(({ pointer, label, currentText }) => (
              <li key={pointer}>
                {label}　{currentText ?? '登録なし'}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {conflicts.length > 0 && (
        <Conflicts
          view={{ baseVersion, registrationVersion: registration.version }}
          proposed="書きかけ"
          conflicts={conflicts}
          sides={sides}
          errorOf={(index) => messageFor(mistakes, conflictId(index))}
          onTake={(pointer, side) => setSides({ ...sides, [pointer]: side })}
        />
      )}
      <div className="btns mt-8">
        <Button main onClick={go}>
          この内容で修正を続ける
        </Button>
      </div>
    </>
  );
}
