/** What is asked of a server: the requests of the five operations, in an order that is the same for every server. */

export const OPERATIONS = ['search', 'read', 'submit', 'approve', 'approveSome'];

/** One municipality, a common name, kana, a prefecture with two words, and two that fill a page of fifty. */
const SEARCHES = ['ゆすはら', '森町', 'おとふけ', '北海道 音更', '長野県 村', '京都府', '川', '町'];

/** A page keeps its token until shortly before it ends, which is after five minutes. */
const TOKEN_MS = 240_000;

const STATUS = { search: 200, read: 200, submit: 201, approve: 200, approveSome: 200 };

/**
 * The clerks and the reviewer as one server meets them. What they do next depends only on what they did before
 * on this server, so two visitors who do as much ask for the same things.
 */
export class Visitor {
  #members;
  #reviewer;
  #sign;
  #done = { search: 0, read: 0, submit: 0, approve: 0, approveSome: 0 };
  #waiting = [];
  #tokens = new Map();

  /**
   * @param people what seedTemplate() gave
   * @param sign makes an access token of a session's id and roles
   */
  constructor({ members, reviewerSessionId }, sign) {
    this.#members = members;
    this.#reviewer = reviewerSessionId;
    this.#sign = sign;
  }

  /** How many change requests can be sent before one of them has to be approved. */
  get registrations() {
    return this.#members.length;
  }

  /** How many different requests `search` has. */
  get searches() {
    return SEARCHES.length;
  }

  /** @returns the next `count` requests of an operation */
  next(operation, count) {
    return Array.from({ length: count }, () => {
      const index = this.#done[operation]++;
      return { expected: STATUS[operation], ...this[operation](index) };
    });
  }

  /** Remembers what was sent, since approving it takes its id and version. */
  learn(operation, answers) {
    if (operation === 'submit') this.#waiting.push(...answers.map(({ body }) => JSON.parse(body)));
  }

  search(index) {
    const query = index % SEARCHES.length;
    const url = `/api/v1/municipalities?q=${encodeURIComponent(SEARCHES[query])}`;
    return { method: 'GET', url, token: this.#memberToken(this.#members[query]) };
  }

  read(index) {
    const member = this.#members[index % this.#members.length];
    return {
      method: 'GET',
      url: `/api/v1/registrations/${member.registrationId}`,
      token: this.#memberToken(member),
    };
  }

  /** A new person in charge, the commonest change. Each lap through the registrations brings another. */
  submit(index) {
    const member = this.#members[index % this.#members.length];
    const version = Math.floor(index / this.#members.length) + 1;
    const [contact, ...others] = member.document.contacts;
    const successor = {
      ...contact,
      name: `三枝 千紘${'二'.repeat(version)}`,
      kana: 'さえぐさ ちひろ',
      extension: `${700 + version}`,
    };
    return {
      method: 'POST',
      url: `/api/v1/registrations/${member.registrationId}/change-requests`,
      token: this.#memberToken(member),
      ifMatch: `"${version}"`,
      body: {
        proposed: { ...member.document, contacts: [successor, ...others] },
        comment: '人事異動により担当者が代わりました。',
      },
    };
  }

  approve() {
    return this.#decide(() => ({ reason: '確認しました。' }));
  }

  /** Two of the three changes, each named, and the third refused with its reason. */
  approveSome() {
    return this.#decide((changes) => {
      const [refused, ...accepted] = changes.map(({ pointer }) => pointer).toReversed();
      return {
        reason: '確認しました。',
        accept: accepted,
        refusals: [{ pointer: refused, reason: '内線番号の桁数が違うようです。お確かめください。' }],
      };
    });
  }

  #decide(choose) {
    const { id, version, changes } = this.#waiting.shift();
    return {
      method: 'POST',
      url: `/api/v1/change-requests/${id}/approve`,
      token: this.#token(this.#reviewer, 'reviewer'),
      ifMatch: `"${version}"`,
      body: choose(changes),
    };
  }

  #memberToken({ sessionId }) {
    return this.#token(sessionId, 'member');
  }

  #token(sessionId, role) {
    const kept = this.#tokens.get(sessionId);
    if (kept && Date.now() - kept.at < TOKEN_MS) return kept.token;
    const token = this.#sign(sessionId, [role]);
    this.#tokens.set(sessionId, { token, at: Date.now() });
    return token;
  }
}
