import * as fc from 'fast-check';
import type { ClaimedMail } from './outbox.repository.js';
import { type DeliveryFault, judgeFault, reasonNotToSend, waitAfter } from './retry.policy.js';

const QUEUED_AT = new Date('2026-04-01T00:00:00Z');
const after = (hours: number): Date => new Date(QUEUED_AT.getTime() + hours * 3_600_000);

const mail = (facts: Partial<ClaimedMail> = {}): ClaimedMail => ({
  id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
  kind: 'change-request.received',
  messageId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e@portal.example',
  registrationId: null,
  recipient: 'kikaku@town-yusuhara.example',
  subject: '変更届を受け付けました',
  body: '',
  codePurpose: null,
  codeChallengeId: null,
  attempt: 1,
  uncertainAttempts: 0,
  queuedAt: QUEUED_AT,
  expired: false,
  ...facts,
});

const fault = (replyCode: number | null, aboutRecipient: boolean, message = 'refused'): DeliveryFault => ({
  replyCode,
  aboutRecipient,
  certain: true,
  message,
});

describe('waitAfter', () => {
  it.each([
    [1, 1],
    [2, 5],
    [3, 15],
    [4, 30],
  ])('try %d waits %d minutes, whatever the dice say', (attempt, minutes) => {
    expect([waitAfter(attempt, 0), waitAfter(attempt, 1)]).toEqual([minutes * 60, minutes * 60]);
  });

  it('later tries wait about an hour, a tenth more or less', () => {
    expect([waitAfter(5, 0), waitAfter(5, 0.5), waitAfter(5, 1)]).toEqual([3240, 3600, 3960]);
  });

  it('is a whole number of seconds for any try and throw', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, dice) => {
        expect(Number.isInteger(waitAfter(n, dice))).toBe(true);
      }),
    );
  });
});

describe('judgeFault', () => {
  it.each([
    ['a recipient refused for now', fault(450, true)],
    ['a full mailbox, for now', fault(452, true)],
    ['a broken connection', fault(null, false)],
    ['a connection that breaks at the recipient', fault(null, true)],
    ['a server that closes', fault(421, false)],
    ['our own sign-in refused', fault(535, false)],
    ['a text refused', fault(554, false)],
  ])('tries again after %s', (_, it) => {
    expect(judgeFault(mail(), it, after(1), 0)).toEqual({
      outcome: 'deferred',
      response: 'refused',
      retryInSeconds: 60,
    });
  });

  it('gives up a recipient whom the server does not know', () => {
    const unknown = fault(550, true, '550 5.1.1 user unknown');
    expect(judgeFault(mail(), unknown, after(0), 0)).toEqual({
      outcome: 'failed',
      response: '550 5.1.1 user unknown',
    });
  });

  it.each([
    [554, '554 5.7.1 <kikaku@town-yusuhara.example>: Relay access denied'],
    [550, '550 5.7.1 Blocked by policy, contact your administrator'],
    [530, '530 5.7.0 Must issue a STARTTLS command first'],
    [552, '552 5.2.2 Mailbox full'],
  ])('keeps a mail that is refused at the recipient through no fault of the address: %d %s', (code, text) => {
    expect(judgeFault(mail(), fault(code, true, text), after(1), 0)?.outcome).toBe('deferred');
  });

  it('leaves open what nobody knows: the try keeps no end', () => {
    const silence = { ...fault(null, false, 'Timeout'), certain: false };
    expect(judgeFault(mail(), silence, after(1), 0)).toBeNull();
  });

  it('waits longer the more often it was tried', () => {
    expect(judgeFault(mail({ attempt: 3 }), fault(450, true), after(1), 0)).toMatchObject({
      retryInSeconds: 15 * 60,
    });
  });

  it('goes on for four days and then gives up', () => {
    const [before, behind] = [96, 96.01].map((hours) =>
      judgeFault(mail(), fault(450, true), after(hours), 0),
    );
    expect([before?.outcome, behind?.outcome]).toEqual(['deferred', 'failed']);
  });
});

describe('reasonNotToSend', () => {
  it.each(['sign-in', 'verify-address', null] as const)('lets a first try with %s go out', (codePurpose) => {
    expect(reasonNotToSend(mail({ codePurpose }))).toBeNull();
  });

  it('holds back what is no longer of use', () => {
    expect(reasonNotToSend(mail({ expired: true }))).toBe('no longer of use');
  });

  it('never sends a sign-in code again of which nobody knows whether it arrived', () => {
    const code = mail({ codePurpose: 'sign-in', attempt: 2, uncertainAttempts: 1 });
    expect(reasonNotToSend(code)).not.toBeNull();
  });

  it('sends anything else once more', () => {
    expect(reasonNotToSend(mail({ attempt: 2, uncertainAttempts: 1 }))).toBeNull();
  });

  it('does not send anything a third time after two uncertain ones', () => {
    expect(reasonNotToSend(mail({ attempt: 3, uncertainAttempts: 2 }))).not.toBeNull();
  });

  it('sends a sign-in code again that the server had refused for now', () => {
    expect(reasonNotToSend(mail({ codePurpose: 'sign-in', attempt: 2 }))).toBeNull();
  });
});
