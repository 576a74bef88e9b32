import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { newRegistration, submit } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

/** "What was registered on that day, who changed it, and how do we know that it is right?" */
describe('a registration with a past', () => {
  it('tells for each field how it was last known to be right: change, confirmation, telephone, import', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const path = `/registrations/${registration.id}`;
    const first = registration.document.contacts[0]?.id;
    const methods = async (): Promise<(string | undefined)[]> => {
      const { freshness } = (await clerk.client.get<RegistrationResponse>(path)).body;
      return ['/mainPhone', `/contacts/${first}/name`, `/contacts/${first}/extension`].map(
        (pointer) => freshness[pointer]?.method,
      );
    };
    expect(await methods()).toEqual([undefined, undefined, undefined]);

    const sent = await submit(clerk, registration, { ...registration.document, mainPhone: '0155-00-9999' });
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    expect(await methods()).toEqual(['change', undefined, undefined]);

    await reviewer.client.post(`${path}/confirmations`, { ifMatch: 2 });
    expect(await methods()).toEqual(['phone', 'phone', 'phone']);

    const [person, ...others] = registration.document.contacts;
    const before = { ...registration.document, mainPhone: '0155-00-9999' };
    const document = {
      ...before,
      contacts: [{ ...person, extension: '777' } as (typeof others)[0], ...others],
    };
    await portal.app.get(Database).asSystem('test', (tx) =>
      portal.app.get(RegistrationsService).apply(tx, {
        registrationId: registration.id,
        baseVersion: 2,
        document,
        changes: diffRegistrations(before, document),
        cause: 'import',
        changeRequestId: null,
        proposedBy: '名簿',
        decidedBy: null,
      }),
    );
    expect(await methods()).toEqual(['phone', 'phone', 'import']);

    await clerk.client.post(`${path}/confirmations`, { ifMatch: 3 });
    expect(await methods()).toEqual(['confirmation', 'confirmation', 'confirmation']);
    const history = await reviewer.client.get<HistoryPage>(`${path}/history`);
    expect(
      history.body.items.map(({ cause, proposedBy, decidedBy }) => [cause, proposedBy, decidedBy]),
    ).toEqual([
      ['import', '名簿', null],
      ['change-request', '小野寺 真理', '中邨 彩葉'],
      ['import', '名簿', null],
    ]);
  });

  it('answers for any day by the date from which a version holds, with the time of recording beside it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    for (const [index, mainPhone] of ['0155-00-0002', '0155-00-0003', '0155-00-0004'].entries()) {
      const sent = await submit(clerk, registration, { ...registration.document, mainPhone }, index + 1);
      await reviewer.client.post<ChangeRequestResponse>(`/change-requests/${sent.body.id}/approve`, {
        ifMatch: 1,
      });
    }
    const days = ['2023-12-31', '2024-01-01', '2024-02-29', '2024-02-29'];
    await withConnection(portal.database.adminUrl, async (admin) => {
      for (const [index, day] of days.entries()) {
        await admin.query(
          'UPDATE registration_version SET effective_on = $3 WHERE registration_id = $1 AND version = $2',
          [registration.id, index + 1, day],
        );
      }
    });
    const asOf = async (day: string): Promise<number[]> =>
      (
        await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history?asOf=${day}`)
      ).body.items.map(({ version }) => version);
    expect(await asOf('2023-12-30')).toEqual([]);
    expect(await asOf('2023-12-31')).toEqual([1]);
    expect(await asOf('2024-01-01')).toEqual([2]);
    expect(await asOf('2024-02-28')).toEqual([2]);
    // Two on one day: the later one held at its end.
    expect(await asOf('2024-02-29')).toEqual([4]);
    expect(await asOf('2024-03-01')).toEqual([4]);
    const impossible = await clerk.client.get(`/registrations/${registration.id}/history?asOf=2023-02-29`);
    expect([impossible.status, impossible.body.errors?.[0]?.code]).toEqual([422, 'date']);
    const [newest] = (
      await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history?asOf=2024-03-01`)
    ).body.items;
    expect(newest?.effectiveOn).toBe('2024-02-29');
    expect(new Date(newest?.recordedAt ?? 0).getFullYear()).toBeGreaterThan(2024);
  });
});
