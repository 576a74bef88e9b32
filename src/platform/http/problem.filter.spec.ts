import { BadRequestException, HttpException, ServiceUnavailableException } from '@nestjs/common';
import { DomainError, invalidField } from './domain-error.js';
import { problemCodeOf, sendProblem, toProblem } from './problem.filter.js';

/** Errors as Fastify makes them: with a status of their own. */
const fastifyError = (statusCode: number): Error =>
  Object.assign(new Error('Body is not valid JSON but content-type is set'), { statusCode, code: 'FST_ERR' });

/** Errors as the database driver makes them, and as TypeORM wraps them. */
const driverError = (code: string): Error => Object.assign(new Error('driver'), { code });
const wrapped = (code: string): Error =>
  Object.assign(new Error('query'), { driverError: driverError(code) });

describe('problemCodeOf', () => {
  it.each([
    [400, 'malformed'],
    [401, 'invalid-token'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'not-found'],
    [413, 'too-large'],
    [414, 'malformed'],
    [415, 'unsupported-media-type'],
    [429, 'too-many-requests'],
    [418, 'malformed'],
    [500, 'unexpected'],
  ])('of an error with status %d is %s, from Fastify and from Nest', (status, code) => {
    expect(problemCodeOf(fastifyError(status))).toBe(code);
    expect(problemCodeOf(new HttpException('', status))).toBe(code);
  });

  it.each([
    ['a connection refused', driverError('ECONNREFUSED')],
    ['a connection cut', driverError('ECONNRESET')],
    ['a connection that takes too long', driverError('ETIMEDOUT')],
    ['a connection failure', wrapped('08006')],
    ['a server that shuts down', wrapped('57P01')],
    ['a server that starts', wrapped('57P03')],
    ['too many connections', wrapped('53300')],
    ['a driver without a code', new Error('Connection terminated unexpectedly')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
  ])('of %s is unavailable', (_, error) => {
    expect(problemCodeOf(error)).toBe('unavailable');
  });

  it.each([
    ['a unique constraint that nobody foresaw', wrapped('23505')],
    ['a fault of the program', new TypeError('x is not a function')],
    ['a text', 'boom'],
    ['nothing', undefined],
    ['null', null],
    ['a status that is no number', { statusCode: '404' }],
  ])('of %s is unexpected', (_, error) => {
    expect(problemCodeOf(error)).toBe('unexpected');
  });

  it('of a use case is its own', () => {
    expect(problemCodeOf(new DomainError('stale-version'))).toBe('stale-version');
  });
});

describe('toProblem', () => {
  it('says what is wrong, and where it was', () => {
    expect(toProblem(new DomainError('not-found'), '/api/v1/registrations/1')).toEqual({
      type: 'urn:renkei:problem:not-found',
      title: '見つかりませんでした。',
      status: 404,
      code: 'not-found',
      instance: '/api/v1/registrations/1',
    });
  });

  it('leaves out the query, which may hold what a person typed', () => {
    const { instance } = toProblem(new DomainError('invalid'), '/api/v1/registrations?q=髙﨑&x=?');
    expect(instance).toBe('/api/v1/registrations');
  });

  it('has the field errors of a 422', () => {
    const error = invalidField('/departments/0/email', 'email', '1つだけ入力してください。');
    expect(toProblem(error, '/')).toMatchObject({
      status: 422,
      errors: [{ pointer: '/departments/0/email', code: 'email', message: '1つだけ入力してください。' }],
    });
  });

  it('has what the use case adds', () => {
    const changeRequest = { id: '1', number: 'R8-0412' };
    const error = new DomainError('open-request-exists', { extensions: { changeRequest } });
    expect(toProblem(error, '/')).toMatchObject({ status: 409, changeRequest });
  });

  it.each([
    ['a fault', Object.assign(new Error('髙﨑 @ 10.0.0.1'), { statusCode: 400, errors: ['x'] })],
    ['an exception of Nest', new BadRequestException({ message: '髙﨑', secret: 'x' })],
    ['an unforeseen one', new Error('duplicate key (email)=(takasaki@x.example)')],
    ['an unavailable one', new ServiceUnavailableException('10.0.0.1:5432')],
  ])('gives nothing away of %s', (_, error) => {
    expect(Object.keys(toProblem(error, '/'))).toEqual(['type', 'title', 'status', 'code', 'instance']);
    expect(JSON.stringify(toProblem(error, '/'))).not.toMatch(/髙﨑|10\.0\.0\.1|duplicate|takasaki/);
  });
});

/** Status, headers and body that a person is sent, and what is logged. */
function answer(error: unknown) {
  const sent: Record<string, unknown> = {};
  const reply = {
    status: (status: number) => Object.assign(reply, void (sent['status'] = status)),
    type: (type: string) => Object.assign(reply, void (sent['type'] = type)),
    header: (name: string, value: string) => Object.assign(reply, void (sent[name] = value)),
    send: (body: unknown) => Object.assign(reply, void (sent['body'] = body)),
  };
  const logged: string[] = [];
  sendProblem(error, { url: '/' } as never, reply as never, { error: (line: string) => logged.push(line) });
  return { ...sent, logged };
}

describe('sendProblem', () => {
  it('answers problem+json with its status', () => {
    const { logged, ...sent } = answer(new DomainError('not-found'));
    expect(sent).toMatchObject({
      status: 404,
      type: 'application/problem+json',
      body: { code: 'not-found' },
    });
    expect(logged).toEqual([]);
  });

  it('logs what the portal itself did wrong', () => {
    expect(answer(new Error('boom')).logged).toEqual([expect.stringContaining('boom')]);
  });

  it('says when to come back to a database that is away', () => {
    expect(answer(driverError('ECONNREFUSED'))).toMatchObject({ status: 503, 'retry-after': '5' });
  });
});
