import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { declareMessage } from '../../src/platform/outbox/message.js';
import { outgoing, Outbox } from '../../src/platform/outbox/outbox.service.js';
import { SmtpSink } from '../setup/smtp-sink.js';
import { startTestPortal } from '../setup/test-portal.js';

const message = declareMessage<string>('test.worker', '試し', (body) => ({ subject: '件名', body }));

/** The worker as it runs beside the requests, not drained by a test. */
it('lets a slow mail hold up nothing but itself, and ends without emptying the queue', async () => {
  const sink = await SmtpSink.start();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    sink.hold = (recipient) => {
      if (!recipient.startsWith('slow')) return null;
      resolve();
      return held;
    };
  });
  const portal = await startTestPortal({ smtpUrl: sink.url, worker: true });
  const queue = (...recipients: string[]): Promise<void> =>
    portal.app.get(Database).asSystem('test', (tx) =>
      portal.app.get(Outbox).add(
        tx,
        recipients.map((to) => outgoing({ message, to, params: '本文', occasion: uuidv7() })),
      ),
    );

  await queue('slow@x.example');
  await begun;
  await queue('quick@x.example');
  const [first] = await sink.waitFor(1);
  expect(first?.envelopeTo).toEqual(['quick@x.example']);

  // The next mails are slow, too: every sender has one, and more are waiting when the portal is asked to end.
  await queue(...Array.from({ length: 6 }, (_, index) => `slow${index}@x.example`));
  const closing = portal.close();
  release();
  await closing;
  await sink.stop();
  expect(sink.mails.length).toBeLessThan(8);
});
