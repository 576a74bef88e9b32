interface PostgresError {
  code?: string;
  constraint?: string;
}

const driverError = (error: unknown): PostgresError | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const inner = (error as { driverError?: unknown }).driverError;
  return typeof inner === 'object' && inner !== null ? inner : error;
};

/** @returns the SQLSTATE or the system error code (`ECONNREFUSED`), if the error came from the driver */
export function postgresErrorCode(error: unknown): string | undefined {
  const code = driverError(error)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** @returns whether a unique constraint or index of this name refused the row */
export function violatesUnique(error: unknown, constraint: string): boolean {
  const inner = driverError(error);
  return inner?.code === '23505' && inner.constraint === constraint;
}

/** @returns whether a number that was drawn by chance was taken already: each table that has one names its index so */
export function isTakenNumber(error: unknown): boolean {
  const inner = driverError(error);
  return inner?.code === '23505' && (inner.constraint ?? '').endsWith('_number_is_unique');
}

/** @returns whether a check constraint, or a trigger that speaks like one, refused the row */
export function violatesCheck(error: unknown, constraint: string): boolean {
  const inner = driverError(error);
  return inner?.code === '23514' && inner.constraint === constraint;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** @returns whether the database could not be reached or went away in the middle */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = postgresErrorCode(error) ?? '';
  if (/^(08|57P0|57014|55P03|53300)/.test(code) || UNREACHABLE.has(code)) {
    return true;
  }
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
