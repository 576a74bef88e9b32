/**
 * @param from what the address says one came from: anybody may have written it
 * @returns a page of the portal for whoever signed in, never another site
 */
export function whereTo(from: string | null, kind: 'member' | 'staff'): string {
  const home = kind === 'staff' ? '/staff' : '/';
  if (from === null || !/^\/(?![/\\])[\w\-/?=&%.#]*$/.test(from)) return home;
  return from.startsWith('/staff') === (kind === 'staff') || from.startsWith('/account') ? from : home;
}
