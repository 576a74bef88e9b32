import { ChangeRequestsService } from '../../src/change-requests/change-requests.service.js';
import { RebaseService } from '../../src/change-requests/rebase.service.js';
import { DraftsService } from '../../src/drafts/drafts.service.js';
import { DomainError } from '../../src/platform/http/domain-error.js';
import type { ProblemCode } from '../../src/platform/http/problem-catalogue.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import type { Attempt } from './attempts.js';
import type { Happening } from './happening.js';
import { assertAll } from './invariants.js';
import type { By, Operation, Place, Sequence, Step } from './operations.js';
import { naturalStep } from './next-steps.js';
import * as others from './other-attempts.js';
import * as registrations from './registration-attempts.js';
import * as requests from './request-attempts.js';
import { differences, type Snapshot } from './snapshot.js';
import { otherThan, type Person, type Stage } from './stage.js';
import { documentOf, isAlive, registrationOf, requestAt, requestsOf } from './view.js';

/** How an attempt ended; `code` is null where it succeeded. */
interface Ending {
  readonly attempt: Attempt;
  readonly code: ProblemCode | null;
}

/** For what nobody has to be signed in for. */
const NOBODY: Person = {
  name: 'nobody',
  viewer: { kind: 'session', sessionId: '00000000-0000-7000-8000-000000000000' },
  accountId: null,
  role: 'clerk',
  place: null,
};

/** One sequence, played by its people on the stage. Throws at the first thing that isn't as it should be. */
export class Play {
  /** What has happened so far, for whoever reads a counterexample. */
  readonly lines: string[] = [];
  private readonly clerks = new Map<string, Person>();
  private snapshot!: Snapshot;
  private staff: Person[] = [];

  constructor(private readonly stage: Stage) {}

  async run({ rules, steps }: Sequence): Promise<void> {
    this.staff = await this.stage.reset(others.rulesOf(rules));
    this.snapshot = await this.stage.snapshot();
    for (const step of steps) await this.step(step);
    if (registrationOf(this.snapshot, 'B').status === 'active') await this.peek(await this.clerk('B', 0));
  }

  /** Somebody of B who knows every id of A sees nothing of it. */
  private async peek(person: Person): Promise<void> {
    const { viewer } = person;
    const isIn = isAlive(this.snapshot, person);
    const { app } = this.stage.portal;
    const { id } = registrationOf(this.snapshot, 'A');
    const reads = [
      () => app.get(RegistrationsService).get(viewer, id),
      () => app.get(RegistrationsService).history(viewer, id, { limit: 50 }),
      () => app.get(DraftsService).get(viewer, id),
      ...requestsOf(this.snapshot, id).flatMap((request) => [
        () => app.get(ChangeRequestsService).get(viewer, request.id),
        () => app.get(RebaseService).compare(viewer, request.id),
      ]),
    ];
    for (const read of reads) {
      const seen = await read().then(
        () => 'it',
        (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
      );
      if (seen !== (isIn ? 'not-found' : 'session-ended')) throw new Error(`B asked for A's and saw ${seen}`);
    }
  }

  private async step(step: Step): Promise<void> {
    const operations = (step.op === 'at-once' ? step.both : [step]).map((operation) =>
      operation.op === 'go-on'
        ? naturalStep(this.snapshot, this.staff, operation.place, operation.luck)
        : operation,
    );
    const [first] = operations;
    if (operations.length === 1 && first?.op === 'days-pass')
      return this.letDaysPass(first.days, first.twice);
    const people: Person[] = [];
    for (const operation of operations) people.push(await this.personFor(operation));
    const attempts = operations.flatMap((operation, index) => {
      const attempt = this.prepare(operation, people[index] ?? NOBODY);
      return attempt ? [{ ...attempt, name: operation.op }] : [];
    });
    if (attempts.length === 0) return;
    const endings = await Promise.all(attempts.map((attempt) => this.attempt(attempt)));
    const [only] = endings;
    const wrong = endings.length === 1 && only ? unlikeModel(only) : null;
    // At midnight what was allowed may not be any more.
    if (wrong !== null && (await this.stage.snapshot()).today === this.snapshot.today) throw new Error(wrong);
    await this.look({ attempts, codes: endings.map(({ code }) => code), jobs: false });
  }

  private async letDaysPass(days: number, twice: boolean): Promise<void> {
    if (days > 0) {
      await this.stage.passDays(days);
      this.snapshot = await this.stage.snapshot();
    }
    this.lines.push(`${days} days pass${twice ? ', for two processes' : ''}`);
    const jobs = this.stage.portal.app.get(Jobs);
    await Promise.all([jobs.runDue(), ...(twice ? [jobs.runDue()] : [])]);
    await this.look({ attempts: [], codes: [], jobs: true });
  }

  /** Takes the next picture and holds it against the last one. */
  private async look(happening: Omit<Happening, 'before' | 'after'>): Promise<void> {
    const before = this.snapshot;
    this.snapshot = await this.stage.snapshot();
    if (this.stage.errors.length > 0) throw new Error(`the log has an error: ${this.stage.errors[0]}`);
    const { attempts, codes } = happening;
    if (codes.length > 0 && codes.every((code) => code !== null)) {
      const counted = attempts.flatMap((attempt) => attempt.counted ?? []);
      const changed = differences(before, this.snapshot).filter(
        (part) => !counted.some((one) => one === part),
      );
      if (changed.length > 0 && before.today === this.snapshot.today) {
        throw new Error(`it was refused and yet changed ${changed.join(', ')}`);
      }
    }
    assertAll({ ...happening, before, after: this.snapshot });
  }

  private async attempt(attempt: Attempt & { readonly name: string }): Promise<Ending> {
    let code: ProblemCode | null = null;
    try {
      await attempt.act();
    } catch (error) {
      if (!(error instanceof DomainError)) {
        this.lines.push(`${attempt.what}: unexpected`);
        throw new Error(`${attempt.what}: ${(error as Error).stack}`, { cause: error });
      }
      code = error.code;
      if (!(code in attempt.refusals))
        throw new Error(`${attempt.what}: refused as ${code}`, { cause: error });
    }
    this.lines.push(`${attempt.what}: ${code ?? 'done'}`);
    this.stage.count(attempt.name, code ?? 'done');
    return { attempt, code };
  }

  private prepare(operation: Operation, person: Person): Attempt | null {
    const { stage, snapshot } = this;
    switch (operation.op) {
      case 'submit':
        return registrations.submit(stage, snapshot, person, operation);
      case 'hand-over':
        return registrations.handOver(stage, snapshot, person, operation);
      case 'confirm':
        return registrations.confirm(stage, snapshot, person, operation);
      case 'end-membership':
        return registrations.endMembership(stage, snapshot, person, operation);
      case 'save-draft':
        return registrations.saveDraft(stage, snapshot, person, operation);
      case 'remove-draft':
        return registrations.removeDraft(stage, snapshot, person, operation);
      case 'import':
        return registrations.importList(stage, snapshot, operation);
      case 'type-code':
        return others.typeCode(stage, snapshot, operation);
      case 'propose-rules':
      case 'agree-to-rules':
      case 'decline-rules':
        return others.changeRules(stage, snapshot, person, operation);
      case 'claim':
        return others.claim(stage, snapshot, operation);
      case 'call':
      case 'agree':
      case 'decline-claim':
        return others.answerClaim(stage, snapshot, person, operation);
      case 'apply':
        return others.apply(stage, snapshot, operation);
      case 'accept':
      case 'decline-application':
        return others.decideApplication(stage, snapshot, person, operation);
      case 'days-pass':
      case 'go-on':
        return null;
      default:
        return this.prepareForRequest(operation, person);
    }
  }

  private prepareForRequest(
    operation: Extract<Operation, { which: unknown }>,
    person: Person,
  ): Attempt | null {
    const { stage, snapshot } = this;
    const request = requestAt(snapshot, operation.place, operation.which);
    if (!request) return null;
    const setting = { stage, snapshot, person, request };
    switch (operation.op) {
      case 'edit':
        return requests.edit(setting, operation);
      case 'approve':
        return requests.approve(setting, operation);
      case 'rebase':
        return requests.rebase(setting, operation);
      default:
        return requests.SHORT[operation.op](setting, operation);
    }
  }

  private async personFor(operation: Operation): Promise<Person> {
    if (!('by' in operation)) return NOBODY;
    const { by } = operation;
    const place = 'place' in operation ? operation.place : 'A';
    return by.role === 'clerk'
      ? this.clerk(by.foreign ? otherThan(place) : place, by.seat)
      : this.memberOfStaff(by);
  }

  private memberOfStaff({ role, seat }: By): Person {
    const found = this.staff.find(({ name }) => name === `${role} ${seat}`);
    if (!found) throw new Error(`nobody is ${role} ${seat}`);
    return found;
  }

  /** A clerk whose session has ended notices that once, and then signs in with a mailbox that is registered now. */
  private async clerk(place: Place, seat: 0 | 1): Promise<Person> {
    const key = `clerk ${seat} of ${place}`;
    const known = this.clerks.get(key);
    const registration = registrationOf(this.snapshot, place);
    if (known && (isAlive(this.snapshot, known) || registration.status === 'withdrawn')) return known;
    if (known && !this.noticed.has(known)) {
      this.noticed.add(known);
      return known;
    }
    const { departments, contacts } = documentOf(this.snapshot, registration.id);
    const mailboxes = [...departments, ...contacts].flatMap(({ email }) => email ?? []);
    const mailbox = mailboxes[seat % mailboxes.length] ?? '';
    const isIn = registration.status === 'active';
    const viewer = isIn ? await this.stage.signIn(registration.id, mailbox, key) : NOBODY.viewer;
    const person: Person = { name: key, viewer, accountId: null, role: 'clerk', place };
    this.clerks.set(key, person);
    if (isIn) {
      this.lines.push(`${key} signs in as ${mailbox}`);
      this.snapshot = await this.stage.snapshot();
    }
    return person;
  }

  private readonly noticed = new Set<Person>();
}

/** @returns how an attempt that nothing else happened beside ended otherwise than the state of things says */
function unlikeModel({ attempt: { what, refusals }, code }: Ending): string | null {
  if (code !== null) return refusals[code] === false ? `${what}: refused as ${code} without a reason` : null;
  const reasons = Object.entries(refusals).filter(([, holds]) => holds === true);
  return reasons.length > 0 ? `${what}: done, though ${reasons.map(([reason]) => reason).join(', ')}` : null;
}
