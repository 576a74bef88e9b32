/** Removes what global-setup.mjs made; Jest runs both in the same process. */
export default async function globalTeardown() {
  await globalThis.removeTestDatabases?.();
}
