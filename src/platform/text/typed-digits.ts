/** Dashes, minus signs and long-vowel marks that people type where a hyphen is meant. */
const HYPHENS = /[‐‑‒–—―−ーｰ]/gu;

/** @returns the text with every hyphen look-alike as `-` */
export const unifyHyphens = (text: string): string => text.replace(HYPHENS, '-');

/** @returns the text without the blanks and hyphens that stand between groups of digits */
export const withoutSeparators = (text: string): string => unifyHyphens(text).replace(/[\s-]/gu, '');
