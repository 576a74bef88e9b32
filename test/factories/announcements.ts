import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import type { SignedIn } from './people.js';

export const ALL = { kind: 'all' } as const;
export const picked = (...municipalities: string[]): Record<string, unknown> => ({
  kind: 'chosen',
  municipalities,
});

export async function categoryId(someone: SignedIn, name = 'お知らせ'): Promise<string> {
  const { body } = await someone.client.get<AnnouncementSettingsResponse>('/announcement-settings');
  return body.categories.find((category) => category.name === name)?.id ?? '';
}

/** A draft that lacks nothing. */
export async function draft(
  editor: SignedIn,
  fields: Record<string, unknown> = {},
): Promise<AnnouncementResponse> {
  const { status, body } = await editor.client.post<AnnouncementResponse>('/announcements', {
    body: {
      title: '全国連携講演会のご案内',
      summary: '8月28日に講演会を開きます。どなたでもご参加いただけます。',
      body: '## 日時\n\n令和6年8月28日（水）14時から\n\n**オンライン**でもご覧になれます。',
      categoryId: await categoryId(editor, '講演会'),
      audience: ALL,
      ...fields,
    },
  });
  if (status !== 201) throw new Error(`no draft: ${JSON.stringify(body)}`);
  return body;
}

/** One that is out. */
export async function publish(
  editor: SignedIn,
  fields: Record<string, unknown> = {},
): Promise<AnnouncementResponse> {
  const { id, version } = await draft(editor, fields);
  const { status, body } = await editor.client.post<AnnouncementResponse>(`/announcements/${id}/publish`, {
    ifMatch: version,
  });
  if (status !== 200) throw new Error(`not out: ${JSON.stringify(body)}`);
  return body;
}

/** What a correction has to say in full, as it stands. */
export const correctionOf = (
  { title, summary, body, category, audience }: AnnouncementResponse,
  fields: Record<string, unknown> = {},
): Record<string, unknown> => ({
  title,
  summary,
  body,
  categoryId: category.id,
  audience,
  note: '開始の時刻を、14時から15時に改めました。',
  notify: false,
  askAgain: false,
  ...fields,
});

/** What is corrected in it from now on. */
export async function correct(
  editor: SignedIn,
  announcement: AnnouncementResponse,
  fields: Record<string, unknown> = {},
): Promise<AnnouncementResponse> {
  const { status, body } = await editor.client.post<AnnouncementResponse>(
    `/announcements/${announcement.id}/corrections`,
    { ifMatch: announcement.version, body: correctionOf(announcement, fields) },
  );
  if (status !== 201) throw new Error(`not corrected: ${JSON.stringify(body)}`);
  return body;
}
