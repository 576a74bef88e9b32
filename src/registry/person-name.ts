/** Whether two names are the same to a reader: width and blanks don't matter, 髙 and 高 do. */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

const folded = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '');
