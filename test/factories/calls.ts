import { v7 as uuidv7 } from 'uuid';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import { FILE_HEADERS, SMALL_PDF } from './attachments.js';
import type { Answer, CallOptions, Client } from '../setup/client.js';
import { exampleOf, type Operation, schemaNamed } from '../setup/openapi.js';

/** What the `{…}` of each collection's paths stands for. */
const COLLECTIONS = {
  registrations: 'registration',
  'change-requests': 'changeRequest',
  tasks: 'task',
  sessions: 'session',
  users: 'account',
  factors: 'factor',
  applications: 'application',
  recoveries: 'recovery',
  verifications: 'verification',
  challenges: 'challenge',
  invitations: 'invitation',
  municipalities: 'municipality',
  messages: 'mail',
  'postal-codes': 'postalCode',
  announcements: 'announcement',
  campaigns: 'campaign',
  confirm: 'askedNumber',
} as const;
/** Named in a path behind what they belong to. */
const PARTS = { attachments: 'attachment', targets: 'registration' } as const;
export type Thing = (typeof COLLECTIONS)[keyof typeof COLLECTIONS] | (typeof PARTS)[keyof typeof PARTS];

/** Whom or what a call is about; what isn't said is an id that nothing has. */
export type Things = Partial<Record<Thing, string>>;

/** @returns what the parameter in an operation's path names, or null where it has none */
export function thingOf({ id, path }: Operation): Thing | null {
  const collection = /([\w-]+)\/\{\w+\}/.exec(path)?.[1];
  if (collection === undefined) return null;
  if (!Object.hasOwn(COLLECTIONS, collection)) throw new Error(`${id}: tell test/factories/calls.ts of it`);
  return COLLECTIONS[collection as keyof typeof COLLECTIONS];
}

export const NOBODYS = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4dff';
const UNKNOWN: Things = {
  municipality: '016314',
  postalCode: '080-0198',
  invitation: '999999',
  askedNumber: '999999',
};

/** @returns the operation's path with whatever it is about */
export function pathOf(operation: Operation, things: Things = {}): string {
  const thing = thingOf(operation);
  const path = operation.path.replace(/\{\w+\}/, thing ? (things[thing] ?? UNKNOWN[thing] ?? NOBODYS) : '');
  return path.replace(/(?<=\/([\w-]+)\/)\{\w+\}/, (_, part: string) => {
    if (!Object.hasOwn(PARTS, part)) throw new Error(`${operation.id}: tell test/factories/calls.ts of it`);
    return things[PARTS[part as keyof typeof PARTS]] ?? NOBODYS;
  });
}

/** What a call takes beside its path: a body that is right in form, a version, and a key of its own. */
export interface Setting {
  readonly things?: Things;
  /** The registration that proposals are made of. */
  readonly document?: RegistrationDocument;
  readonly query?: Readonly<Record<string, string>>;
  readonly ifMatch?: number;
  readonly body?: unknown;
}

/** @returns a body that passes the form's rules */
export function bodyOf(schema: string, document?: RegistrationDocument): unknown {
  const own = document && BODIES[schema]?.(document);
  return { ...(exampleOf(schemaNamed(schema)) as object), ...FIXES[schema], ...own };
}

/** Where the examples, each right by itself, are wrong together. */
const FIXES: Readonly<Record<string, object>> = {
  PasswordSignInDto: { totp: '492039', recoveryCode: undefined },
  SecondFactorDto: { totp: '492039', recoveryCode: undefined },
  ConfirmFactorDto: { totp: '492039' },
  AcceptInvitationDto: { totp: '492039', code: '482177360954' },
  InvitationCodeDto: { code: '482177360954' },
  VerifyChallengeDto: { code: '48217736' },
  VerifyAddressDto: { code: '48217736' },
  ApproveDto: { accept: undefined },
  CampaignPlanDto: { steps: [{ template: 'ask', recipients: 'primary', on: '2027-04-05' }] },
  ConfirmDto: { code: '482177360954' },
  // A date that is to come today may be past when the test runs.
  RecordTargetCallDto: { nextOn: null, version: undefined, pointers: undefined },
};

const BODIES: Readonly<Record<string, (document: RegistrationDocument) => object>> = {
  SubmitChangeRequestDto: (document) => ({ proposed: { ...document, mainPhone: '0155-00-3333' } }),
  HandoverDto: ({ contacts }) => ({ outgoingContactId: contacts[0]?.id }),
  ReturnDto: () => ({}),
};

/** Calls an operation with everything that it needs. */
export function call<T = unknown>(
  client: Client,
  operation: Operation,
  { things, document, query = {}, ifMatch = 1, body }: Setting = {},
): Promise<Answer<T>> {
  const search = new URLSearchParams({ ...(operation.takesFile && { name: 'a.pdf' }), ...query }).toString();
  const options: CallOptions = {
    ...(operation.body !== null && { body: body ?? bodyOf(operation.body, document) }),
    ...(operation.takesFile && { raw: SMALL_PDF }),
    ...(operation.needsIfMatch && { ifMatch }),
    headers: {
      ...(operation.takesFile && FILE_HEADERS),
      'x-renkei-request': '1',
      ...(operation.method === 'POST' && { 'idempotency-key': uuidv7() }),
    },
  };
  return client.call<T>(operation.method, pathOf(operation, things) + (search && `?${search}`), options);
}
