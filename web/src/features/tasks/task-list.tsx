import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import type { TaskResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Hidden, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';

export const tasksQuery = (mine: boolean) =>
  queryOptions({
    queryKey: ['tasks', mine],
    queryFn: () => ok(api.GET('/api/v1/tasks', { params: { query: { mine, limit: 500 } } })),
  });

/** Where what a task is about can be dealt with. A kind that isn't here is dealt with by hand. */
function pageOf({ kind, subjectId }: TaskResponse): string | null {
  if (kind === 'campaign.calls') return `/staff/campaigns/${subjectId}/calls`;
  if (kind === 'campaign.overtaken') return `/staff/campaigns/${subjectId}`;
  const [room] = kind.split('.');
  switch (room) {
    case 'change-request':
      return `/staff/review/${subjectId}`;
    case 'application':
      return `/staff/applications/${subjectId}`;
    case 'recovery':
      return `/staff/recoveries/${subjectId}`;
    case 'review-policy':
      return '/staff/settings';
    case 'announcement':
      return `/staff/announcements/${subjectId}`;
    case 'outbox':
      return `/staff/mail/${subjectId}`;
    default:
      return null;
  }
}

const oldest = (list: readonly TaskResponse[]): string => list[0]?.openedAt ?? '';

/** Most pressing first, as the API gives them; those of one kind together. */
function groups(tasks: readonly TaskResponse[]): [string, TaskResponse[]][] {
  const byKind = new Map<string, TaskResponse[]>();
  for (const task of tasks) byKind.set(task.label, [...(byKind.get(task.label) ?? []), task]);
  return [...byKind].toSorted(
    ([, a], [, b]) => (b[0]?.weight ?? 0) - (a[0]?.weight ?? 0) || oldest(a).localeCompare(oldest(b)),
  );
}

export function TaskList({
  mine,
  except = null,
  empty,
}: {
  readonly mine: boolean;
  /** A kind that the page shows elsewhere. */
  readonly except?: string | null;
  /** What to say when nothing waits. */
  readonly empty: ReactNode;
}): ReactNode {
  const query = useQuery(tasksQuery(mine));
  return (
    <Loaded query={query}>
      {({ items: all }) => {
        const items = all.filter(({ kind }) => kind !== except);
        return (
          <>
            <p className="mt-6" role="status">
              {items.length > 0 && `${items.length}件あります。急ぐもの、古いものから並んでいます。`}
            </p>
            {items.length === 0 && empty}
            {groups(items).map(([label, tasks], index) => (
              <section key={label} className="mt-8" aria-labelledby={`tasks-${index}`}>
                <h2 id={`tasks-${index}`} tabIndex={-1} className="flex flex-wrap items-center gap-3">
                  {label}（{tasks.length}件）{tasks[0]?.weight === 3 && <Tag tone="warn">急ぎ</Tag>}
                </h2>
                <ul className="list mt-2 border-t-2">
                  {tasks.map((task) => (
                    <Task key={task.id} task={task} heading={`tasks-${index}`} />
                  ))}
                </ul>
              </section>
            ))}
          </>
        );
      }}
    </Loaded>
  );
}

function Task({ task, heading }: { readonly task: TaskResponse; readonly heading: string }): ReactNode {
  const to = pageOf(task);
  return (
    <li className="desktop:grid desktop:grid-cols-[1fr_auto] desktop:gap-x-6">
      <div>
        {to ? <Link to={to}>{task.title}</Link> : task.title}
        <p className="meta">
          <span>
            <When at={task.openedAt} as="time" />
            から
          </span>
          <span>{task.ageDays === 0 ? '今日' : `${task.ageDays}日前`}</span>
          <Owner task={task} />
          {task.registrationId && (
            <Link to={`/staff/registrations/${task.registrationId}`}>
              登録を見る<Hidden>（{task.title}）</Hidden>
            </Link>
          )}
        </p>
      </div>
      <Actions task={task} heading={heading} />
    </li>
  );
}

function Owner({ task }: { readonly task: TaskResponse }): ReactNode {
  const { accountId } = useAccount();
  if (task.ownerAccountId === null) return <span>担当は決まっていません</span>;
  return (
    <span>
      {task.ownerAccountId === accountId ? <Tag tone="key">あなたが担当</Tag> : `担当　${task.ownerName}`}
    </span>
  );
}

const ACTIONS = {
  take: { path: '/api/v1/tasks/{id}/take', said: '担当になりました。' },
  release: { path: '/api/v1/tasks/{id}/release', said: '担当を外れました。' },
  done: { path: '/api/v1/tasks/{id}/done', said: '済みにしました。' },
} as const;

function Actions({ task, heading }: { readonly task: TaskResponse; readonly heading: string }): ReactNode {
  const { accountId } = useAccount();
  const client = useQueryClient();
  const { send, pending, problem } = useSend((what: keyof typeof ACTIONS) =>
    ok(api.POST(ACTIONS[what].path, { params: { path: { id: task.id } } })),
  );
  const run = async (what: keyof typeof ACTIONS): Promise<void> => {
    const answer = await send(what);
    await client.invalidateQueries({ queryKey: ['tasks'] });
    if (!answer) return;
    announce(`${task.title}　${ACTIONS[what].said}`);
    if (what === 'done') document.getElementById(heading)?.focus();
  };
  const own = task.ownerAccountId === accountId;
  return (
    <div className="mt-2 desktop:mt-0">
      <div className="flex flex-wrap gap-3 desktop:justify-end">
        <Button size="s" pending={pending} onClick={() => void run(own ? 'release' : 'take')}>
          {own ? '担当を外れる' : '担当する'}
          <Hidden>（{task.title}）</Hidden>
        </Button>
        {task.byHand && (
          <Button size="s" pending={pending} onClick={() => void run('done')}>
            済みにする<Hidden>（{task.title}）</Hidden>
          </Button>
        )}
      </div>
      <Failed problem={problem} />
    </div>
  );
}
