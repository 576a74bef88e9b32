import { normalizeForSearch, searchTerms } from '../platform/text/search-text.js';
import { plainTextOf } from './markdown.js';

export interface Searchable {
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
  /** Names of the files that go with it. */
  readonly attachments: readonly string[];
}

export interface SearchColumns {
  /** Folded, with a line for each part, so that no term is found across two. */
  readonly searchText: string;
  /** Its pairs of neighbouring characters, each once. */
  readonly searchBigrams: string[];
}

/** @returns what an announcement is found by */
export function searchColumns({ title, summary, body, attachments }: Searchable): SearchColumns {
  const lines = [title, summary, plainTextOf(body), ...attachments].flatMap((part) => part.split('\n'));
  const searchText = lines.map(normalizeForSearch).filter(Boolean).join('\n');
  return { searchText, searchBigrams: bigramsOf(searchText) };
}

/**
 * The pairs that all stand in whatever holds every word of the query: an index narrows down by them, and LIKE decides.
 * None for a query of single characters, which only LIKE can find.
 */
export const bigramsOfQuery = (query: string | undefined): string[] => [
  ...new Set(searchTerms(query ?? '').flatMap((term) => bigramsOf(term))),
];

/** By code points, so that a character beyond the basic plane (𠮷) isn't cut in two. */
function bigramsOf(text: string): string[] {
  const characters = [...text];
  const pairs = new Set<string>();
  for (const [at, character] of characters.entries()) {
    const next = characters[at + 1];
    if (next !== undefined && character !== '\n' && next !== '\n') pairs.add(character + next);
  }
  return [...pairs];
}
