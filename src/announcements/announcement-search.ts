import { normalizeForSearch } from '../platform/text/search-text.js';
import { plainTextOf } from './markdown.js';

export interface Searchable {
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
  /** Names of the files that go with it. */
  readonly attachments: readonly string[];
}

/** @returns what an announcement is found by, folded, with a line for each part, so that no term is found across two */
export function searchTextOf({ title, summary, body, attachments }: Searchable): string {
  const lines = [title, summary, plainTextOf(body), ...attachments].flatMap((part) => part.split('\n'));
  return lines.map(normalizeForSearch).filter(Boolean).join('\n');
}
