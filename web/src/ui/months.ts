/** `6か月`, and whole years as such: `1年`. */
export const monthsText = (months: number): string =>
  months % 12 === 0 ? `${months / 12}年` : `${months}か月`;
