import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { acceptFiles } from './file-body.js';

/** Limits that a test can wait for; only which of them ends a connection is looked at. */
const SHORT = 50;
const LONG = 60_000;
let server: FastifyInstance;
let socket: Socket;

afterEach(async () => {
  socket.destroy();
  await server.close();
});

/** A server with a route for files, which answers without having read one, and a route for JSON. */
async function start(withoutFileMs: number, ms: number, bytes = 1_000_000): Promise<void> {
  server = fastify();
  acceptFiles(server, (refused) => refused.end('refused'), {
    withoutFileMs,
    lingering: { ms, bytes, hopelessMs: SHORT },
  });
  server.post('/files', { config: { takesFile: true } }, async () => 'no, thanks');
  server.post('/json', async () => 'read');
  await server.listen({ port: 0, host: '127.0.0.1' });
  socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  socket.setEncoding('utf8').on('error', () => undefined);
}

const send = (path: string, type: string, length: number): boolean =>
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`,
  );

async function heard(): Promise<string> {
  return String((await once(socket, 'data'))[0]);
}

it('answers before a file has come, and then waits for the rest no longer than it said', async () => {
  await start(LONG, SHORT);
  send('/files', 'application/octet-stream', 1_000);
  expect(await heard()).toMatch(/^HTTP\/1\.1 200 .*no, thanks$/s);
  await once(socket, 'close');
});

it('waits for no more than so many bytes', async () => {
  await start(LONG, LONG, 1_000);
  socket.write(
    'POST /files HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  expect(await heard()).toMatch(/no, thanks$/);
  socket.write(`fff\r\n${'x'.repeat(0xfff)}\r\n`);
  await once(socket, 'close');
});

it('waits hardly at all for more than it would ever take', async () => {
  await start(LONG, LONG, 1_000);
  send('/files', 'application/octet-stream', 1_001);
  expect(await heard()).toMatch(/no, thanks$/);
  await once(socket, 'close');
});

it('goes on with the same connection when the rest has come', async () => {
  await start(LONG, LONG);
  send('/files', 'application/octet-stream', 1_000);
  expect(await heard()).toMatch(/no, thanks$/);
  socket.write('x'.repeat(1_000));
  send('/json', 'application/json', 2);
  socket.write('{}');
  expect(await heard()).toMatch(/read$/);
});

it('refuses what isn’t a file and doesn’t come to an end, letter by letter or not', async () => {
  await start(SHORT, LONG);
  send('/json', 'application/json', 100);
  socket.write('{');
  expect(await heard()).toBe('refused');
  await once(socket, 'close');
});
