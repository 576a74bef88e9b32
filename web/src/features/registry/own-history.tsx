import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { VersionResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { Marked } from '../../ui/marks';
import { dateWithEra } from '../../ui/text';
import { CAUSES } from '../../ui/version-causes';
import { historyQuery } from './queries';

/** How the registration came to be as it is, newest first. */
export function History({ registrationId }: { readonly registrationId: string }): ReactNode {
  const query = useQuery(historyQuery(registrationId));
  return (
    <section className="mt-12 no-print" aria-labelledby="history">
      <h2 id="history">これまでの変更</h2>
      <Loaded query={query}>
        {({ items }) => (
          <ul className="list mt-3 border-t-2">
            {items.map((version) => (
              <li key={version.version}>
                <Version version={version} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

export function Version({ version }: { readonly version: VersionResponse }): ReactNode {
  const { effectiveOn, cause, proposedBy, changes } = version;
  return (
    <>
      <p>
        第{version.version}版　{dateWithEra(effectiveOn)}から
      </p>
      <p className="meta">
        <span>{CAUSES[cause]}</span>
        <span>{proposedBy}</span>
      </p>
      {changes.length > 0 && (
        <details className="fold">
          <summary>変わったところを見る（{changes.length}か所）</summary>
          <dl className="pair">
            {changes.map(({ pointer, label, beforeText, afterText }) => (
              <div key={pointer} className="history-change">
                <dt>{label}</dt>
                <dd>
                  <Marked before={beforeText} after={afterText} side="before" />
                  <span aria-hidden="true">　→　</span>
                  <span className="sr-only">から</span>
                  <Marked before={beforeText} after={afterText} side="after" />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
