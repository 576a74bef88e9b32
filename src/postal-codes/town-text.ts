/** The bracketed part says which blocks, floors or farms a code is for; some run on without their end. */
const REMARK = /（[^）]*(?:）|$)/gu;
/** Rows that stand for "the rest of the municipality": nothing of them is written in an address. */
const NO_TOWN = /^以下に掲載がない場合$|の次に.*番地.*くる場合$|.一円$/u;
/** `地割` is counted block by block in Iwate; which one it is, only the person knows. */
const BLOCK = /第?[０-９]+地割$/u;

/**
 * Turns a town as Japan Post's list has it into what one would write in an address.
 *
 * @returns empty where the list has no town, or several of which nobody knows which is meant
 */
export function townInAddress(listed: string): string {
  const town = listed.replace(REMARK, '');
  if (NO_TOWN.test(town)) return '';
  const [first = '', ...others] = town.split(/[、〜～]/u);
  if (others.length === 0) return town;
  const stem = first.replace(BLOCK, '');
  return others.every((other) => other.startsWith(stem)) ? stem : '';
}
