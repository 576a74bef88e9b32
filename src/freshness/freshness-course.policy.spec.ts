import { DomainError } from '../platform/http/domain-error.js';
import { MOST_POINTS, periodOf, subjectOf } from './freshness-course.policy.js';

const TODAY = '2026-11-22';

/** What is wrong, as the API tells it. */
function flawOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const { errors = [] } = (error as DomainError).details;
    return errors.map(({ pointer, code }) => `${pointer} ${code}`).join();
  }
}

describe('the period of a course', () => {
  it('is the last year by weeks unless said otherwise', () => {
    expect(periodOf({}, TODAY)).toEqual({ from: '2025-11-23', to: TODAY, step: 'week' });
    expect(periodOf({ to: '2026-04-30' }, TODAY)).toMatchObject({ from: '2025-05-01', to: '2026-04-30' });
  });

  it('is told day by day as long as there are few enough, then by weeks, and no longer than two years', () => {
    expect(periodOf({ from: '2026-11-22' }, TODAY)).toEqual({ from: TODAY, to: TODAY, step: 'day' });
    expect(periodOf({ from: '2026-08-05' }, TODAY).step).toBe('day');
    expect(periodOf({ from: '2026-08-04' }, TODAY).step).toBe('week');
    expect(periodOf({ from: '2024-10-14' }, TODAY).step).toBe('week');
    expect(flawOf(() => periodOf({ from: '2024-10-13' }, TODAY))).toBe('/from period-too-long');
    expect(MOST_POINTS).toBe(110);
  });

  it.each([
    [{ from: '2026-02-30' }, '/from date'],
    [{ to: 'gestern' }, '/to date'],
    [{ from: '2026-11-23', to: '2026-11-22' }, '/to period'],
    [{ from: '2026-11-23' }, '/to period'],
  ])('refuses %j', (query, flaw) => {
    expect(flawOf(() => periodOf(query, TODAY))).toBe(flaw);
  });
});

describe('what a course is of', () => {
  it.each([
    [{}, { scope: 'all', key: '' }],
    [{ prefecture: '010006' }, { scope: 'prefecture', key: '010006' }],
    [{ association: 'nara-choson' }, { scope: 'association', key: 'nara-choson' }],
    [{ field: 'department.email' }, { scope: 'field', key: 'department.email' }],
  ])('%j', (query, subject) => {
    expect(subjectOf(query)).toEqual(subject);
  });

  it('is one thing alone', () => {
    expect(flawOf(() => subjectOf({ prefecture: '010006', field: 'mainPhone' }))).toBe('/field one-only');
  });
});
