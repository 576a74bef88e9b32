import type { INestApplication } from '@nestjs/common';
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
  addExamples(document);
  return document;
}

/** Answers get the example that their schema's own properties make up. */
function addExamples(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>)) {
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        const content = (response as { content?: Record<string, { schema?: Schema; example?: unknown }> })
          .content;
        const json = content?.['application/json'];
        if (status.startsWith('2') && json?.schema) json.example = exampleOf(json.schema, schemas);
      }
    }
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
