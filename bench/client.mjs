/**
 * The load: a few connections, each with one request under way. It speaks just as much HTTP as the two servers
 * need, over bare sockets and with requests put together beforehand, so that on a small machine it takes little
 * of what is measured.
 */
import { once } from 'node:events';
import net from 'node:net';

/**
 * Sends the requests over `concurrency` keep-alive connections.
 *
 * @returns `micros`: from the first request to the last answer, by the number of requests; `answers` in the
 *   requests' order
 * @throws Error when an answer has another status than its request expects
 */
export async function send(port, requests, concurrency) {
  const packets = requests.map(toPacket);
  const lines = await Promise.all(Array.from({ length: concurrency }, () => Line.open(port)));
  const answers = [];
  let next = 0;
  const work = async (line) => {
    while (next < packets.length) {
      const index = next++;
      answers[index] = await line.exchange(packets[index]);
    }
  };
  try {
    const started = process.hrtime.bigint();
    await Promise.all(lines.map(work));
    const micros = Number(process.hrtime.bigint() - started) / 1000;
    for (const [index, request] of requests.entries()) assertExpected(request, answers[index]);
    return { micros: micros / requests.length, answers };
  } finally {
    for (const line of lines) line.close();
  }
}

function assertExpected({ method, url, expected }, { status, body }) {
  if (status !== expected)
    throw new Error(`${method} ${url} answered ${status} and not ${expected}: ${body}`);
}

function toPacket({ method, url, token, ifMatch, body }) {
  const content = body === undefined ? '' : JSON.stringify(body);
  const head = [`${method} ${url} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${token}`];
  if (ifMatch) head.push(`If-Match: ${ifMatch}`);
  if (content) head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${content}`);
}

class Line {
  #socket;
  #received = [];
  #settle;

  static async open(port) {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Line(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')));
  }

  exchange(packet) {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(packet);
    });
  }

  close() {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #receive(chunk) {
    this.#received.push(chunk);
    const all = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    const answer = parseAnswer(all);
    if (!answer) return;
    this.#received = [];
    this.#settle.resolve(answer);
  }
}

/** @returns null while something is missing; the body stays bytes as far as possible */
function parseAnswer(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer came without Content-Length:\n${head}`);
  const start = end + 4;
  if (bytes.length < start + Number(length)) return null;
  return { status: Number(head.slice(9, 12)), body: bytes.subarray(start, start + Number(length)) };
}
