import { Component, type ReactNode } from 'react';
import { Button } from '../ui/controls';

interface State {
  readonly broken: boolean;
}

/** A fault of the page itself, such as a part that a newer version no longer has. What was saved is kept. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main>
        <div className="wrap">
          <div className="narrow">
            <h1>画面を表示できませんでした</h1>
            <p className="lead">読み込み直すと、続けられます。保存された書きかけの内容は残っています。</p>
            <div className="btns mt-8">
              <Button main onClick={() => window.location.reload()}>
                読み込み直す
              </Button>
            </div>
          </div>
        </div>
      </main>
    );
  }
}
