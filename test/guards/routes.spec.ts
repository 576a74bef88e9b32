import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../../src/platform/access/access.decorators.js';
import { ALLOWED_ROLES } from '../../src/platform/access/permission.js';
import { AUDIT_SUBJECTS } from '../../src/platform/audit/catalogue.js';
import { PROBLEMS } from '../../src/platform/http/problem-catalogue.js';
import { declaredMessages } from '../../src/platform/outbox/message.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

interface Route {
  readonly name: string;
  readonly method: string;
  readonly rule: AccessRule | undefined;
}

let portal: TestPortal;
let routes: Route[];

beforeAll(async () => {
  portal = await startTestPortal({ mode: 'demo' });
  routes = listRoutes();
});
afterAll(() => portal.close());

/** Every handler of every controller that the portal, demo included, has. */
function listRoutes(): Route[] {
  const scanner = new MetadataScanner();
  const discovery = new DiscoveryService(portal.app.get(ModulesContainer));
  return discovery.getControllers().flatMap(({ instance, metatype }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    return scanner
      .getAllMethodNames(prototype)
      .map((name) => ({ name: `${metatype?.name}.${name}`, handler: prototype[name] as object }))
      .filter(({ handler }) => Reflect.getMetadata('path', handler) !== undefined)
      .map(({ name, handler }) => ({
        name,
        method: RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '',
        rule: Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined,
      }));
  });
}

describe('routes', () => {
  it('are found, so that the tests below mean something', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.map(({ name }) => name)).toContain('DecisionsController.approve');
  });

  it('each say who may call them', () => {
    expect(routes.filter(({ rule }) => rule === undefined)).toEqual([]);
    const known = new Set<string>(['public', ...Object.keys(ALLOWED_ROLES)]);
    expect(routes.filter(({ rule }) => !known.has(String(rule)))).toEqual([]);
  });

  it('are open to everybody only where this list says so', () => {
    expect(
      routes
        .filter(({ rule }) => rule === 'public')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([
      'AnswersController.confirm',
      'DevMailboxController.list',
      'DevMailboxController.page',
      'DevMailboxController.stylesheet',
      'DevTimeController.pass',
      'DevTimeController.toNextStep',
      'HealthController.live',
      'HealthController.ready',
      'InvitationsController.accept',
      'InvitationsController.setup',
      'MembershipsController.apply',
      'PortalController.describe',
      'PostalCodesController.find',
      'RecoveriesController.claim',
      'SessionsController.logout',
      'SessionsController.refresh',
      'SignInController.signInWithPassword',
      'SignInController.startChallenge',
      'SignInController.verifyChallenge',
      'VerificationsController.verify',
    ]);
  });

  it('without a session are answered by 401, whatever they would do', async () => {
    const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as OpenApi;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (!operation.security) continue;
        const url = portal.origin + path.replaceAll(/\{\w+\}/g, '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e');
        const answer = await fetch(url, { method: method.toUpperCase() });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
  });
});

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: object[];
  readonly responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

describe('openapi.json', () => {
  const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as OpenApi;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );

  it('tells of every route of the API', () => {
    expect(document.openapi).toBe('3.1.0');
    const documented = routes.filter(
      ({ name }) => !/^(DevMailbox|DevTime|Landing|VerificationPage|InvitationPage)/.test(name),
    );
    expect(operations).toHaveLength(documented.length);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it.each(operations)(
    '$name has a name, a summary, its permission, its errors and an example',
    ({ operation }) => {
      expect(operation.operationId).toMatch(/^\w+_\w+$/);
      expect(operation.summary).toMatch(/\w/);
      expect(operation.description).toMatch(/Access: (public|`[a-z.-]+`)\./);
      const problems = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      expect(problems.length).toBeGreaterThan(1);
      for (const [, { content }] of problems) {
        expect(content?.['application/problem+json']?.example).toHaveProperty('code');
      }
      const answers = Object.entries(operation.responses).filter(([status]) => Number(status) < 300);
      expect(answers).toHaveLength(1);
      for (const [status, { content }] of answers) {
        const file = content?.['application/octet-stream'] !== undefined;
        if (status !== '204' && !file)
          expect(JSON.stringify(content?.['application/json']?.example)).toMatch(/^\{".+\}$/);
      }
    },
  );
});

describe('messages', () => {
  it('are declared for every template, and every template but once', () => {
    const rooms = [
      ...readdirSync('src'),
      ...readdirSync('src/platform').map((part) => `platform/${part}`),
    ].filter((room) => existsSync(`src/${room}/emails`));
    const templates = rooms.flatMap((room) =>
      readdirSync(`src/${room}/emails`).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')),
    );
    const renders = [...declaredMessages().values()].map(({ render }) => render);
    expect(new Set(renders).size).toBe(renders.length);
    expect(renders).toHaveLength(templates.length);
  });

  it('have a slot for a code exactly where they are declared with one', () => {
    for (const { kind, codePurpose } of declaredMessages().values()) {
      const [room = '', name = ''] = kind.split('.');
      const folder = {
        'sign-in': 'sign-in',
        credentials: 'credentials',
        staff: 'staff',
        registry: 'registry',
        'change-request': 'change-requests',
        membership: 'memberships',
        recovery: 'recoveries',
        audit: 'platform/audit',
        announcement: 'announcements',
        campaign: 'campaigns',
      }[room];
      const source = readFileSync(`src/${folder}/emails/${name}.ts`, 'utf8');
      expect([kind, /CODE_SLOT|askToVerify|howToConfirm/.test(source)]).toEqual([kind, codePurpose !== null]);
    }
  });
});

describe('catalogues', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !/catalogue/.test(file))
    .map((file) => readFileSync(`src/${file}`, 'utf8'))
    .join('\n');

  it.each(Object.keys(AUDIT_SUBJECTS))('the audit event %s is recorded somewhere', (type) => {
    expect(sources).toMatch(new RegExp(`record\\(\\s*tx,\\s*'${type}'`));
  });

  it.each(Object.keys(PROBLEMS))('the problem %s is answered somewhere', (code) => {
    expect(sources).toMatch(new RegExp(`['"]?${code}['"]?`));
  });
});
