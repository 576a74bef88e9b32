import { limited, type Limit, type LimitedUse } from './limit.js';

/**
 * Wrong codes typed beside a number that a mail shows, by people who aren't signed in. Numbers can be counted
 * through, so a stranger must not use up the tries of whoever got the mail: tries are counted by where they come
 * from, and only then for the number itself (its own limit, in the room).
 */
const PER_NETWORK: Limit = { name: 'typed-code.network', burst: 50, everySeconds: 60 };
const PER_NETWORK_AND_NUMBER: Limit = { name: 'typed-code.network-number', burst: 5, everySeconds: 300 };

/** Tries at one code in its whole life, from everywhere together: at eight digits, a chance of one in a million. */
export const TRIES_IN_ALL = 100;

/** To be given back where the code was right. @param number the number, or the id of what it stands for */
export const usesOfTypedCode = (network: string, number: string): LimitedUse[] => [
  limited(PER_NETWORK, network),
  limited(PER_NETWORK_AND_NUMBER, network, number),
];

/** Forms that anybody may send, such as an application: each makes mails and work for people. */
const FORMS_PER_NETWORK: Limit = { name: 'public-form.network', burst: 10, everySeconds: 360 };
/** A stranger's forms for a municipality must not use up what its own clerks may send. */
const FORMS_PER_NETWORK_AND_SUBJECT: Limit = {
  name: 'public-form.network-subject',
  burst: 5,
  everySeconds: 14_400,
};

/** @param subject whom the form is about: the municipality's code */
export const usesOfPublicForm = (network: string, subject: string): LimitedUse[] => [
  limited(FORMS_PER_NETWORK, network),
  limited(FORMS_PER_NETWORK_AND_SUBJECT, network, subject),
];
