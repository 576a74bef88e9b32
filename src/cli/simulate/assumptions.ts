/** One guess about people and mailboxes: what it is taken for, and between what it is varied. */
export interface Assumption {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly says: string;
  readonly restsOn: string;
}

const GUESS = 'a guess';

/**
 * Everything that the simulation takes for granted about people, written down before it was first run. Shares are from 0
 * to 1. The first ones rest on something that somebody has counted; the others are guesses, which is why each has a low
 * and a high value of its own, and `--vary` shows what becomes of the figures there.
 */
export const ASSUMPTIONS = {
  primaryRotates: {
    value: 0.28,
    low: 0.2,
    high: 0.33,
    says: 'A 担当者（正） has another post from 1 April',
    restsOn: 'office holders rotate every 3 to 5 years: between 1/5 and 1/3 a year',
  },
  deputyRotates: {
    value: 0.28,
    low: 0.2,
    high: 0.33,
    says: 'So has a 担当者（副）',
    restsOn: 'the same',
  },
  fullMailboxes: {
    value: 0.05,
    low: 0.02,
    high: 0.1,
    says: 'A mailbox is full for most of the year: 60% of mails come back',
    restsOn:
      "with the next one and the mailboxes that are gone: about one in seven mails to all municipalities comes back, mostly as full (an official's own estimate)",
  },
  fullToday: {
    value: 0.05,
    low: 0.02,
    high: 0.1,
    says: 'Any other mailbox is full on the day',
    restsOn: 'see above',
  },
  silentPeople: {
    value: 0.12,
    low: 0.06,
    high: 0.25,
    says: 'A person never answers such a mail',
    restsOn:
      'with the next one and what never arrives: of the contacts that registries ask by mail about 60% (RIPE NCC) to 80% (LACNIC) answer before a person calls',
  },
  silentOffices: {
    value: 0.08,
    low: 0.04,
    high: 0.15,
    says: 'Nobody in a town hall answers such a mail',
    restsOn: 'see above',
  },
  promptPeople: {
    value: 0.5,
    low: 0.35,
    high: 0.6,
    says: 'A person answers the first mail; the rest answers reminders alone',
    restsOn: GUESS,
  },
  reminderMoves: {
    value: 0.5,
    low: 0.3,
    high: 0.65,
    says: 'A reminder moves somebody who only answers reminders',
    restsOn: GUESS,
  },
  answerDays: {
    value: 3,
    low: 2,
    high: 6,
    says: 'Business days to an answer, the median (lognormal, σ = 0.8)',
    restsOn: GUESS,
  },
  leavesTownHall: {
    value: 0.3,
    low: 0.15,
    high: 0.5,
    says: 'Whoever rotates leaves the town hall; the others keep their own mailbox in it',
    restsOn: GUESS,
  },
  goneRefuses: {
    value: 0.6,
    low: 0.3,
    high: 0.9,
    says: 'The mailbox of somebody who left refuses mail; otherwise it goes unread',
    restsOn: GUESS,
  },
  predecessorForwards: {
    value: 0.5,
    low: 0.25,
    high: 0.75,
    says: 'A predecessor forwards the mail, as it asks',
    restsOn: GUESS,
  },
  newUnaware: {
    value: 0.3,
    low: 0.15,
    high: 0.5,
    says: "A new person wasn't told of the project and lets the first mail lie",
    restsOn: GUESS,
  },
  noticeHandsOver: {
    value: 0.3,
    low: 0,
    high: 0.6,
    says: 'A notice in March makes whoever leaves tell the successor of the project',
    restsOn: GUESS,
  },
  departmentChanges: {
    value: 0.07,
    low: 0.03,
    high: 0.12,
    says: 'A department is renamed, merged or moved on 1 April',
    restsOn: GUESS,
  },
  sharedMailboxGoes: {
    value: 0.25,
    low: 0.1,
    high: 0.5,
    says: 'Its shared mailbox is replaced with it',
    restsOn: GUESS,
  },
  movesInOctober: {
    value: 0.04,
    low: 0,
    high: 0.08,
    says: 'A person has another post from 1 October',
    restsOn: GUESS,
  },
  passedOn: {
    value: 0.9,
    low: 0.75,
    high: 0.97,
    says: 'Whoever opens the shared mailbox hands the mail to the one in charge',
    restsOn: GUESS,
  },
  lostInGateway: {
    value: 0.03,
    low: 0.01,
    high: 0.08,
    says: 'A gateway swallows a mail, and nobody hears of it',
    restsOn: GUESS,
  },
  closedGateways: {
    value: 0.02,
    low: 0,
    high: 0.05,
    says: 'A gateway swallows all of them',
    restsOn: GUESS,
  },
  outOfOffice: {
    value: 0.06,
    low: 0.03,
    high: 0.12,
    says: 'The reader is away for five business days',
    restsOn: GUESS,
  },
  putsOff: {
    value: 0.15,
    low: 0.05,
    high: 0.3,
    says: 'Somebody who would have to correct something puts it off until the next mail',
    restsOn: GUESS,
  },
  careless: {
    value: 0.02,
    low: 0,
    high: 0.1,
    says: 'Somebody presses 変更はありません although something has changed',
    restsOn: GUESS,
  },
  verifies: {
    value: 0.92,
    low: 0.8,
    high: 0.98,
    says: 'A new mailbox answers the code of a change request within two business days; otherwise the request lapses',
    restsOn: GUESS,
  },
  reportsUnasked: {
    value: 0.12,
    low: 0.05,
    high: 0.25,
    says: 'A town hall reports what has changed unasked, within six weeks',
    restsOn: GUESS,
  },
  neglect: {
    value: 1,
    low: 0,
    high: 1,
    says: "The register begins as old as the demo's dates of confirmation say (1), or true (0)",
    restsOn: 'a guess that the first year begins with a list that nobody has kept',
  },
  callMinutesADay: {
    value: 90,
    low: 45,
    high: 180,
    says: 'Minutes a day in which the office telephones, all of its people together',
    restsOn: GUESS,
  },
  callReaches: {
    value: 0.45,
    low: 0.3,
    high: 0.6,
    says: 'A call reaches the one in charge',
    restsOn: GUESS,
  },
  callMinutes: {
    value: 8,
    low: 6,
    high: 10,
    says: 'Minutes of a call that does; another takes three',
    restsOn: GUESS,
  },
  officeTypes: {
    value: 0.6,
    low: 0.3,
    high: 0.9,
    says: 'What has changed is told on the telephone and typed by the office; otherwise promised',
    restsOn: GUESS,
  },
  keepsPromise: {
    value: 0.75,
    low: 0.5,
    high: 0.9,
    says: 'Somebody who promises on the telephone to answer does so',
    restsOn: GUESS,
  },
  letterAnswers: {
    value: 0.5,
    low: 0.3,
    high: 0.7,
    says: 'A letter is answered',
    restsOn: GUESS,
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof ASSUMPTIONS;
export type Assumed = Readonly<Record<AssumptionName, number>>;

export const NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];

/** Varied together: what is counted of the one is counted of the other. */
export const TOGETHER: Partial<Record<AssumptionName, AssumptionName>> = {
  primaryRotates: 'deputyRotates',
  fullMailboxes: 'fullToday',
};

/** @returns every assumption's value, but for those that are given */
export function assume(others: Partial<Assumed> = {}): Assumed {
  const values = Object.fromEntries(NAMES.map((name) => [name, ASSUMPTIONS[name].value])) as Record<
    AssumptionName,
    number
  >;
  return { ...values, ...others };
}

/** How far the days to an answer spread: one in six takes more than twice the median. */
export const ANSWER_SIGMA = 0.8;
/** Of a mailbox that is full for most of the year. */
export const FULL_MOST_OF_THE_TIME = 0.6;
/** Business days that somebody is away. */
export const AWAY_DAYS = 5;
/** Minutes that a call takes which reaches nobody. */
export const VAIN_CALL_MINUTES = 3;
/** Business days of the office's 内容確認, as it promises. */
export const REVIEW_DAYS = 3;
/** Business days to the answer to a letter, the median: it goes by post both ways. */
export const LETTER_DAYS = 8;
/** Business days within which a town hall reports unasked. */
export const UNASKED_DAYS = 30;
