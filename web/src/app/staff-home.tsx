import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useIsEditor, useIsReviewer } from '../api/hooks';
import { EditorHome } from '../features/announcements/editor-home';
import { LookOver } from '../features/change-requests/review-look-over';
import { TaskList } from '../features/tasks/task-list';
import { Page } from '../ui/page';

/** 今日の仕事: everything that waits for whoever is signed in, and what the rules let pass meanwhile. */
export default function StaffHome(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const reviewer = useIsReviewer();
  const editor = useIsEditor();
  const mine = search.has('mine');
  return (
    <Page heading="今日の仕事" title="今日の仕事" width="full">
      <div className="two">
        <div>
          <label className="check mt-4">
            <input
              type="checkbox"
              checked={mine}
              onChange={() => setSearch(mine ? {} : { mine: '1' }, { replace: true })}
            />
            自分のものだけ
          </label>
          <TaskList
            mine={mine}
            except={reviewer && !mine ? 'change-request.look-over' : null}
            empty={<Empty mine={mine} />}
          />
          {reviewer && !mine && <LookOver />}
        </div>
        <aside>
          {editor && <EditorHome />}
          <section aria-labelledby="lists">
            <h2 id="lists">そのほかの一覧</h2>
            <ul className="list">
              {reviewer && (
                <li>
                  <Link to="/staff/applications">登録の申込み</Link>
                </li>
              )}
              <li>
                <Link to="/staff/recoveries">連絡先の回復</Link>
              </li>
              <li>
                <Link to="/staff/review?status=awaiting_verification">
                  新しいアドレスの確認を待っている変更届
                </Link>
              </li>
              <li>
                <Link to="/staff/freshness">情報の鮮度</Link>
              </li>
              <li>
                <Link to="/staff/registrations?freshness=unknown">確認した日の記録がない登録</Link>
              </li>
            </ul>
          </section>
        </aside>
      </div>
    </Page>
  );
}

function Empty({ mine }: { readonly mine: boolean }): ReactNode {
  if (mine) {
    return (
      <p>
        担当している仕事はありません。<Link to="/staff">すべての仕事</Link>から選べます。
      </p>
    );
  }
  return (
    <p>
      待っている仕事はありません。確認が古くなった登録は、
      <Link to="/staff/registrations?freshness=stale&sort=confirmed">登録自治体の一覧</Link>
      で古い順に見られます。
    </p>
  );
}
