import type { INestApplication } from '@nestjs/common';
import { GOOD_STATUS, problemResponses } from './endpoint.js';
import { SENDS_ETAG } from './etag.js';
import { ACCEPTS_IDEMPOTENCY_KEY } from './idempotency-key.js';
import type { ProblemCode } from './problem-catalogue.js';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

type Schema = Record<string, unknown>;

const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code', 'instance'],
  properties: {
    type: { type: 'string', example: 'urn:renkei:problem:invalid' },
    title: { type: 'string', description: 'Japanese, for a person.' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for a program.' },
    instance: { type: 'string', example: '/api/v1/change-requests' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON Pointer into the body, or `/name` of a query parameter.',
          },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** @returns the OpenAPI 3.1 document, with an example for every answer */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Renkei portal')
    .setDescription("The members' portal of the 特別区全国連携プロジェクト.")
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const schemas = (document.components ??= {}).schemas ?? {};
  document.components.schemas = { ...schemas, Problem: PROBLEM_SCHEMA };
  finish(document);
  return document;
}

interface OperationObject {
  requestBody?: Pick<ResponseObject, 'content'>;
  responses: Record<string, ResponseObject>;
  [GOOD_STATUS]?: number;
  [SENDS_ETAG]?: boolean;
  [ACCEPTS_IDEMPOTENCY_KEY]?: boolean;
}
interface ResponseObject {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: Schema; example?: unknown }>;
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Gives each operation its real status, its headers, and an example made of its schema's own. */
function finish(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const path of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(path as Record<string, OperationObject>)) {
      if (METHODS.has(method)) finishOperation(operation, schemas);
    }
  }
}

function finishOperation(operation: OperationObject, schemas: Record<string, Schema>): void {
  const { [GOOD_STATUS]: status = 200, [SENDS_ETAG]: sendsEtag = false, responses } = operation;
  const guessed = Object.keys(responses).find((key) => key.startsWith('2'));
  const answer: ResponseObject = (guessed === undefined ? undefined : responses[guessed]) ?? {};
  if (guessed !== undefined) delete responses[guessed];
  const json = answer.content?.['application/json'];
  if (json?.schema) json.example = exampleOf(json.schema, schemas);
  if (sendsEtag) {
    answer.headers = { ETag: { description: 'The version.', schema: { type: 'string', example: '"12"' } } };
  }
  const good = { ...answer, description: status === 204 ? 'Done; nothing to say.' : 'Done.' };
  if (status === 204) delete good.content;
  operation.responses = {
    [status]: good,
    ...responses,
    ...(takesJson(operation) ? problemResponses(['too-large', 'unsupported-media-type']) : {}),
  };
  if (operation[ACCEPTS_IDEMPOTENCY_KEY]) addProblem(operation.responses, 'idempotency-key-reused');
  delete operation[ACCEPTS_IDEMPOTENCY_KEY];
  delete operation[GOOD_STATUS];
  delete operation[SENDS_ETAG];
}

/** What takes a file says itself what becomes of one that is too large or of another kind. */
const takesJson = ({ requestBody }: OperationObject): boolean =>
  requestBody?.content?.['application/json'] !== undefined;

/** Beside the others of its status, which the route names itself. */
function addProblem(responses: Record<string, ResponseObject>, code: ProblemCode): void {
  for (const [status, response] of Object.entries(problemResponses([code]))) {
    const description = [responses[status]?.description, response.description].filter(Boolean).join(', ');
    responses[status] = { ...response, ...responses[status], description };
  }
}

function exampleOf(schema: Schema, schemas: Record<string, Schema>): unknown {
  if ('example' in schema) return schema['example'];
  const ref = (schema['$ref'] ?? (schema['allOf'] as Schema[] | undefined)?.[0]?.['$ref']) as
    string | undefined;
  if (ref) return exampleOf(schemas[ref.slice(ref.lastIndexOf('/') + 1)] ?? {}, schemas);
  if (schema['type'] === 'array') return [exampleOf(schema['items'] as Schema, schemas)];
  if (schema['properties']) {
    const properties = Object.entries(schema['properties'] as Record<string, Schema>);
    return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(property, schemas)]));
  }
  const [first] = (schema['enum'] as unknown[] | undefined) ?? [];
  return first ?? SCALAR_EXAMPLES[String(schema['type'])] ?? null;
}

const SCALAR_EXAMPLES: Record<string, unknown> = { string: '…', number: 1, integer: 1, boolean: true };
