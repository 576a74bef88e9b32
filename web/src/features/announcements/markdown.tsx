import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Processor } from 'unified';
import { cutBareAddresses, isSafeLink, NO_HTML } from '../../../../src/announcements/markdown';

/** A remark plugin: what looks like HTML is text, as the server reads it. */
function remarkNoHtml(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push(NO_HTML);
}

const remarkBareAddresses = () => cutBareAddresses;

const PLUGINS = [remarkGfm, remarkNoHtml, remarkBareAddresses];

/** The page has a heading of its own above: a text's first level is the page's third. */
const HEADINGS: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
};

/** A link leaves the portal in a tab of its own, and doesn't tell from where; one that isn't safe is its words. */
const LINKS: Components = {
  a: ({ href, children }): ReactNode =>
    href !== undefined && isSafeLink(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <>{children}</>
    ),
  img: ({ alt }): ReactNode => <>{alt}</>,
  // Only what a task list shows; nobody can tick it.
  input: ({ checked }): ReactNode => <span>{checked === true ? '☑ ' : '☐ '}</span>,
};

/** A text in Markdown, drawn as elements: no HTML of it is ever read as HTML. */
export function Markdown({ children }: { children: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={PLUGINS}
        components={{ ...HEADINGS, ...LINKS }}
        urlTransform={(url) => url}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
