import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import type { Processor } from 'unified';
import { Hidden } from '../../ui/text';
import { cutBareAddresses, isSafeLink, LEFT_OUT } from '../../../../src/announcements/markdown';
import { exceededLimit, LIMIT_MESSAGES } from '../../../../src/announcements/markdown-limits';

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

/** A link leaves the portal in a tab of its own, and doesn't tell from where; one that isn't safe is its words. */
const OTHERS: Components = {
  a: ({ href, children }): ReactNode =>
    href !== undefined && isSafeLink(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
        <Hidden>（別の画面で開きます）</Hidden>
      </a>
    ) : (
      <>{children}</>
    ),
  img: ({ alt }): ReactNode => <>{alt}</>,
  // On a phone it is moved sideways by itself, also with the keyboard.
  table: ({ children }): ReactNode => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached with the keyboard
    <div className="table-frame" role="region" aria-label="表" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
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
