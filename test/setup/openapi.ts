import { readFileSync } from 'node:fs';

/** `openapi.json` as the tests walk it: every operation, every field. */
export interface Operation {
  /** `ChangeRequests_submit` */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/registrations/{id}/change-requests` */
  readonly path: string;
  /** `public`, or the permission that it takes. */
  readonly access: string;
  readonly query: readonly string[];
  /** Names of the parts of its path that it describes. */
  readonly pathParameters: readonly string[];
  readonly needsIfMatch: boolean;
  /** Name of the body's schema. */
  readonly body: string | null;
  /** Whether the body is a file, raw. */
  readonly takesFile: boolean;
  /** Name of the good answer's schema; null where it holds nothing, and for a file. */
  readonly answer: string | null;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

interface Content {
  readonly content?: {
    readonly 'application/json'?: { readonly schema?: Schema };
    readonly 'application/octet-stream'?: object;
  };
}
interface OperationObject {
  readonly operationId: string;
  readonly 'x-permission': string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document;

export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => readOperation(path, method, operation)),
);

function readOperation(path: string, method: string, operation: OperationObject): Operation {
  const { parameters = [], requestBody, responses } = operation;
  const [, good = {}] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  return {
    id: operation.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    access: operation['x-permission'],
    query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    pathParameters: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
    needsIfMatch: parameters.some(({ name }) => name === 'If-Match'),
    body: nameIn(requestBody ?? {}),
    takesFile: requestBody?.content?.['application/octet-stream'] !== undefined,
    answer: nameIn(good),
  };
}

function nameIn({ content }: Content): string | null {
  return nameOf(content?.['application/json']?.schema ?? {});
}

function nameOf({ $ref, allOf }: Schema): string | null {
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  return allOf?.[0] ? nameOf(allOf[0]) : null;
}

export function schemaNamed(name: string): Schema {
  const schema = document.components.schemas[name];
  if (!schema) throw new Error(`openapi.json has no schema ${name}`);
  return schema;
}

/** Names of the schemas that a property may hold, through lists and alternatives. */
export function namesIn(schema: Schema): string[] {
  const name = nameOf(schema);
  if (name !== null) return [name];
  if (schema.items) return namesIn(schema.items);
  return [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(namesIn);
}

const takesAnything = (schema: Schema): boolean => schema.additionalProperties === true;
export const isList = (schema: Schema): boolean => schema.type === 'array';

/** A property's name as the matrix writes it: `roles[]` for a list, `content/*` for whatever an object holds. */
export const labelOf = (name: string, schema: Schema): string =>
  `${name}${isList(schema) ? '[]' : ''}${takesAnything(schema) ? '/*' : ''}`;

/** Every field of a schema with all that it holds, such as `proposed/departments[]/email`. */
export function flatFields(name: string, parent = ''): string[] {
  return Object.entries(schemaNamed(name).properties ?? {}).flatMap(([property, schema]) => {
    const label = parent + labelOf(property, schema);
    return [label, ...namesIn(schema).flatMap((inner) => flatFields(inner, `${label}/`))];
  });
}

/** Names of all schemas that answers are made of, by way of what holds them. */
export function answerSchemas(operations = OPERATIONS): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const schema of Object.values(schemaNamed(name).properties ?? {})) namesIn(schema).forEach(visit);
  };
  for (const { answer } of operations) if (answer !== null) visit(answer);
  return [...found];
}

/** A body that a schema's own examples make up. */
export function exampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  const name = nameOf(schema);
  if (name !== null) return exampleOf(schemaNamed(name));
  if (schema.items) return [exampleOf(schema.items)];
  if (schema.properties) {
    const { properties } = schema;
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, exampleOf(value)]));
  }
  return schema.default ?? schema.enum?.[0] ?? (schema.type === 'boolean' ? true : '…');
}
