import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Page } from '../ui/page';

export default function NotFound(): ReactNode {
  return (
    <Page heading="ページが見つかりません" title="ページが見つかりません" width="narrow">
      <p className="lead">アドレスが変わったか、開ける方が限られているページかもしれません。</p>
      <p className="mt-6">
        <Link to="/">はじめのページへ</Link>
      </p>
    </Page>
  );
}
