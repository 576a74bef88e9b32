import { limited, type Limit, type LimitedUse, times } from './limit.js';

/**
 * Wrong codes typed beside a number that a mail shows, by people who aren't signed in. Numbers are random, so a stranger
 * can't count through them and use up the tries of whoever got the mail; and who has the number is slowed by where they
 * call from, before the code itself runs out of tries.
 */
const PER_NETWORK: Limit = { name: 'typed-code.network', burst: 300, everySeconds: 5 };
const PER_NETWORK_AND_NUMBER: Limit = { name: 'typed-code.network-number', burst: 5, everySeconds: 300 };

/** Tries at one code in its whole life, from everywhere together: at eight digits, a chance of one in a million. */
export const TRIES_IN_ALL = 100;

/** To be given back where the code was right. @param number the number, or the id of what it stands for */
export const usesOfTypedCode = (network: string, number: string): LimitedUse[] => [
  limited(PER_NETWORK, network),
  limited(PER_NETWORK_AND_NUMBER, network, number),
];

/**
 * Forms that anybody may send, such as an application: each makes work for people. A whole prefecture's town halls may
 * call from one address on the day on which they are all asked to apply.
 */
const FORMS_PER_NETWORK: Limit = { name: 'public-form.network', burst: 60, everySeconds: 60 };
/** A stranger's forms for a municipality must not use up what its own clerks may send. */
const FORMS_PER_NETWORK_AND_SUBJECT: Limit = {
  name: 'public-form.network-subject',
  burst: 3,
  everySeconds: 14_400,
};
/** A form may name many mailboxes, and each is mailed a code: who sends them is no mail cannon. */
const CODES_PER_NETWORK: Limit = { name: 'public-form.codes', burst: 240, everySeconds: 15 };

/** @param subject whom the form is about: the municipality's code @param codes how many mailboxes it has mailed */
export const usesOfPublicForm = (network: string, subject: string, codes: number): LimitedUse[] => [
  limited(FORMS_PER_NETWORK, network),
  times(codes, limited(CODES_PER_NETWORK, network)),
  limited(FORMS_PER_NETWORK_AND_SUBJECT, network, subject),
];
