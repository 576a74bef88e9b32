import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import type { Processor } from 'unified';
import { Hidden } from '../../ui/text';
import { cutBareAddresses, isSafeLink, LEFT_OUT } from '../../../../src/announcements/markdown';
import { exceededLimit, LIMIT_MESSAGES } from '../../../../src/announcements/markdown-limits';
import { Table } from './markdown-table';

/** A remark plugin: what looks like HTML is text, as the server reads it. */
function remarkNoHtml(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push(LEFT_OUT);
}

const remarkBareAddresses = () => cutBareAddresses;

/** A line ends where the editor ended it: joined into one, Japanese would get a blank between two words. */
const PLUGINS = [remarkGfm, remarkCjkFriendly, remarkNoHtml, remarkBareAddresses, remarkBreaks];

/** The page's own headings end at the second level. People begin with `##` as often as with `#`: both come next. */
const HEADINGS: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
};

/**
 * @returns what a printed link has to tell beside its words: on paper nobody can follow it. Nothing where the words
 * tell it themselves
 */
function printedAddress(href: string, words: ReactNode): string | undefined {
  const [address = ''] = /^mailto:/i.test(href)
    ? href.slice('mailto:'.length).split('?')
    : [href.replace(/^tel:/i, '')];
  return typeof words === 'string' && words.includes(address) ? undefined : address;
}

/**
 * A link to another site leaves the portal in a tab of its own, and doesn't tell from where; a telephone number or a
 * mailbox opens no page at all. One that isn't safe is its words.
 */
function Anchor({ href, children }: { readonly href?: string; readonly children?: ReactNode }): ReactNode {
  if (href === undefined || !isSafeLink(href)) return children;
  const printed = { 'data-printed': printedAddress(href, children) };
  if (!/^https?:/i.test(href)) {
    return (
      <a href={href} {...printed}>
        {children}
      </a>
    );
  }
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" {...printed}>
      {children}
      <Hidden>（別の画面で開きます）</Hidden>
    </a>
  );
}

const OTHERS: Components = {
  a: ({ href, children }): ReactNode => <Anchor {...(href !== undefined && { href })}>{children}</Anchor>,
  img: ({ alt }): ReactNode => <>{alt}</>,
  table: ({ children }): ReactNode => <Table>{children}</Table>,
  // Only what a task list shows; nobody can tick it.
  input: ({ checked }): ReactNode => <span>{checked === true ? '☑ ' : '☐ '}</span>,
};

/**
 * A text in Markdown, drawn as elements: no HTML of it is ever read as HTML. One that would hold up the page is drawn as
 * it was typed, with the reason for which it can't be saved.
 */
export function Markdown({ children }: { children: string }) {
  const limit = exceededLimit(children);
  if (limit !== null) {
    return (
      <>
        <p className="err">{LIMIT_MESSAGES[limit]}</p>
        <p className="whitespace-pre-wrap">{children}</p>
      </>
    );
  }
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={PLUGINS}
        components={{ ...HEADINGS, ...OTHERS }}
        urlTransform={(url) => url}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
