import { gfmFromMarkdown } from 'mdast-util-gfm';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import type { Link, Nodes, PhrasingContent, Root } from 'mdast';

/**
 * Markdown as the portal takes it: GitHub's tables, lists and bare addresses, emphasis that ends where Japanese goes on
 * (`**7月31日（土）**まで`), and no HTML: what looks like HTML is text. The page draws it by the same rules, from the same constructs left out.
 */
export const LEFT_OUT = {
  disable: {
    null: ['htmlFlow', 'htmlText', 'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall'],
  },
};

/** What a link may begin with. Anything else is refused by name, and not drawn as a link either. */
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

const parse = (markdown: string): Root => {
  const tree = fromMarkdown(markdown, {
    extensions: [gfm(), cjkFriendlyExtension(), LEFT_OUT],
    mdastExtensions: [gfmFromMarkdown()],
  });
  cutBareAddresses(tree);
  return tree;
};

/**
 * Ends a bare address where its ASCII ends: Japanese is written without spaces, and `https://a.example/をご覧ください`
 * would be one long address otherwise. Changes the tree.
 */
export function cutBareAddresses(node: Nodes): void {
  if (!('children' in node)) return;
  node.children = node.children.flatMap((child): Nodes[] => {
    if (child.type === 'link') return cutLink(child);
    cutBareAddresses(child);
    return [child];
  }) as typeof node.children;
}

function cutLink(link: Link): PhrasingContent[] {
  const [only] = link.children;
  const bare = link.children.length === 1 && only?.type === 'text' ? only.value : null;
  if (bare === null || !link.url.endsWith(bare)) return [link];
  const end = bare.search(/[^!-~]/);
  if (end === -1) return [link];
  const prefix = link.url.slice(0, link.url.length - bare.length);
  const kept = bare.slice(0, end);
  return [
    { ...link, url: prefix + kept, children: [{ type: 'text', value: kept }] },
    { type: 'text', value: bare.slice(end) },
  ];
}

/** Something in a text that the portal doesn't take. */
export type MarkdownFlaw =
  { readonly kind: 'link'; readonly target: string } | { readonly kind: 'image'; readonly target: string };

/**
 * @returns the first link with another scheme than http, https, mailto and tel, or the first picture (a picture of
 *   another site would tell that site who reads); null where there is neither
 */
export function findFlaw(markdown: string): MarkdownFlaw | null {
  for (const node of walk(parse(markdown))) {
    if (node.type === 'image') return { kind: 'image', target: node.url };
    // A reference is drawn from its definition, which is judged here as well.
    if ((node.type === 'link' || node.type === 'definition') && !isSafeLink(node.url)) {
      return { kind: 'link', target: node.url };
    }
    if (node.type === 'imageReference') return { kind: 'image', target: node.identifier };
  }
  return null;
}

/** @returns whether it is an absolute address with a scheme that may stand in a text */
export function isSafeLink(target: string): boolean {
  try {
    return LINK_SCHEMES.has(new URL(target).protocol);
  } catch {
    return false;
  }
}

/** @returns the words of a text without its marks, block by block, for searching */
export const plainTextOf = (markdown: string): string =>
  parse(markdown)
    .children.map((block) => textOf(block))
    .join('\n');

/** Cells and items would run together otherwise, and two words become one that nobody wrote. */
function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (!('children' in node)) return toString(node);
  const separator = INLINE.has(node.type) ? '' : '\n';
  return node.children.map((child) => textOf(child)).join(separator);
}

const INLINE: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'tableCell',
]);

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if (!('children' in node)) return;
  for (const child of node.children) yield* walk(child);
}
