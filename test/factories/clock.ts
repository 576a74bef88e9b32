import { Database } from '../../src/platform/database/database.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import type { TestPortal } from '../setup/test-portal.js';

/** Makes a change request older by whole days: what was to come in so many days is due now. */
export async function letDaysPass({ app }: TestPortal, changeRequestId: string, days: number): Promise<void> {
  await app.get(Database).asSystem('test', (tx) =>
    tx.execute(
      `UPDATE change_request
          SET submitted_at = submitted_at - make_interval(days => $2), effective_on = effective_on - $2::int,
              expires_at = expires_at - make_interval(days => $2)
        WHERE id = $1`,
      [changeRequestId, days],
    ),
  );
}

/** What the calendar brings is done now, not at the next tick. */
export const runJobs = ({ app }: TestPortal): Promise<void> => app.get(Jobs).runDue();

/** Makes an announcement's times earlier, and what was written of it: what was to come in so many minutes is due now. */
export async function letMinutesPass(
  { app }: TestPortal,
  announcementId: string,
  minutes: number,
): Promise<void> {
  await app.get(Database).asSystem('test', async (tx) => {
    const ago = (column: string): string => `${column} = ${column} - make_interval(mins => $2)`;
    await tx.execute(
      `UPDATE announcement SET ${['publish_at', 'published_at', 'expires_at'].map(ago).join(', ')} WHERE id = $1`,
      [announcementId, minutes],
    );
    await tx.execute(
      `UPDATE announcement_recipient SET ${['added_at', 'mailed_at'].map(ago).join(', ')} WHERE announcement_id = $1`,
      [announcementId, minutes],
    );
  });
}
