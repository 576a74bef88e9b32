import { courseOf } from './course-days';

it('adds up day by day, days without an answer as well', () => {
  const course = courseOf(
    [
      { date: '2027-04-05', byThemselves: 2, byPhone: 0 },
      { date: '2027-04-07', byThemselves: 1, byPhone: 3 },
    ],
    '2027-04-04',
    '2027-04-08',
  );
  expect(course.map(({ date, sum }) => [date, sum.byThemselves, sum.byPhone])).toEqual([
    ['2027-04-04', 0, 0],
    ['2027-04-05', 2, 0],
    ['2027-04-06', 2, 0],
    ['2027-04-07', 3, 3],
    ['2027-04-08', 3, 3],
  ]);
});

it('begins earlier where somebody had answered before it started', () => {
  const days = [{ date: '2027-03-31', byThemselves: 4, byPhone: 0 }];
  expect(courseOf(days, '2027-04-01', '2027-04-01').map(({ date, sum }) => [date, sum.byThemselves])).toEqual(
    [
      ['2027-03-31', 4],
      ['2027-04-01', 4],
    ],
  );
});
