/**
 * A mail server on loopback that takes everything and keeps nothing, in a process of its own.
 *
 *     node bench/sink.mjs <port>
 */
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, _session, done) => stream.on('end', done).resume(),
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
