import { gfmFromMarkdown } from 'mdast-util-gfm';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import type { Link, Nodes, PhrasingContent, Root } from 'mdast';
import { exceededLimit, LIMIT_MESSAGES, type MarkdownLimit } from './markdown-limits.js';

/**
 * Markdown as the portal takes it: GitHub's tables, lists and bare addresses, emphasis that ends where Japanese goes on
 * (`**7月31日（土）**まで`), and no HTML: what looks like HTML is text. The page draws it by the same rules, from the same constructs left out.
 */
export const LEFT_OUT = {
  disable: {
    null: ['htmlFlow', 'htmlText', 'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall'],
  },
};

/**
 * What a link may begin with. Anything else is refused by name, and not drawn as a link either. Both slashes count:
 * on a page of https, `https:api/v1` leads to the page's own site.
 */
const LINK_BEGINNING = /^(?:https?:\/\/[^/\\?#]|mailto:|tel:)/i;

/** What was parsed last: a text is judged first and then searched for its words, and parsing is what takes time. */
let last: { readonly markdown: string; readonly tree: Root } | null = null;

/** For a text within the limits: another may take seconds, or more depth than there is stack. The tree is shared. */
function parse(markdown: string): Root {
  if (last?.markdown === markdown) return last.tree;
  const tree = fromMarkdown(markdown, {
    extensions: [gfm(), cjkFriendlyExtension(), LEFT_OUT],
    mdastExtensions: [gfmFromMarkdown()],
  });
  cutBareAddresses(tree);
  last = { markdown, tree };
  return tree;
}

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
  const bare = bareAddressOf(link);
  const end = bare?.search(/[^!-~]/) ?? -1;
  if (bare === null || end === -1) return [link];
  const prefix = link.url.slice(0, link.url.length - bare.length);
  const kept = bare.slice(0, end);
  return [
    { ...link, url: prefix + kept, children: [{ type: 'text', value: kept }] },
    { type: 'text', value: bare.slice(end) },
  ];
}

/** @returns what was typed, where the link is an address as it stands; null for words that lead somewhere */
function bareAddressOf({ url, children, position }: Link): string | null {
  const [only] = children;
  if (children.length !== 1 || only?.type !== 'text') return null;
  // Words in brackets, or an address in `<>`, are shorter than what stands for the whole link. One that was only found
  // in the tree, without a place of its own, has no brackets.
  const typed = lengthOf(position) ?? only.value.length;
  const isBare = typed === only.value.length && ADDRESS.test(only.value) && url.endsWith(only.value);
  return isBare ? only.value : null;
}

const lengthOf = (position: Link['position']): number | null =>
  position?.start.offset === undefined || position.end.offset === undefined
    ? null
    : position.end.offset - position.start.offset;

const ADDRESS = /^(?:https?:\/\/|www\.|[!-~]+@)/i;

/** Something in a text that the portal doesn't take. */
export type MarkdownFlaw =
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'image'; readonly target: string }
  | { readonly kind: 'limit'; readonly limit: MarkdownLimit };

/**
 * @returns the limit that it exceeds, which is told without reading it as Markdown; the first link with another scheme
 *   than http, https, mailto and tel, or the first picture (a picture of another site would tell that site who reads);
 *   null where there is neither
 */
export function findFlaw(markdown: string): MarkdownFlaw | null {
  const limit = exceededLimit(markdown);
  if (limit !== null) return { kind: 'limit', limit };
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

/** @returns what to tell whoever wrote it */
export function flawMessage(flaw: MarkdownFlaw): string {
  if (flaw.kind === 'limit') return LIMIT_MESSAGES[flaw.limit];
  const target = flaw.target.slice(0, 100);
  return flaw.kind === 'image'
    ? `本文に画像は入れられません。画像は、添付ファイルにしてください（${target}）。`
    : `リンク先は、https:// や http://、mailto:、tel: で始めてください（${target}）。`;
}

/** @returns whether it is an absolute address with a scheme that may stand in a text */
export const isSafeLink = (target: string): boolean => LINK_BEGINNING.test(target) && URL.canParse(target);

/** @returns the words of a text without its marks, block by block, for searching; one beyond the limits as it is */
export const plainTextOf = (markdown: string): string =>
  exceededLimit(markdown) === null
    ? parse(markdown)
        .children.map((block) => textOf(block))
        .join('\n')
    : markdown;

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

/** Without recursion: emphasis within emphasis can be a thousand deep. */
function* walk(root: Nodes): Generator<Nodes> {
  const open: Nodes[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if ('children' in node) open.push(...node.children.toReversed());
  }
}
