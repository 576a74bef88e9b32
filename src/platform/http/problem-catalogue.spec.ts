import { PROBLEMS } from './problem-catalogue.js';

/** Formats, which people know by these letters. */
const FORMATS =
  /（application\/[a-z-]+）|JSON|PDF|Word|Excel|PowerPoint|OpenDocument|JPEG|PNG|CSV|docx?|xlsx?|pptx?|od[tsp]|jpg|png|txt|csv/g;

const problems = Object.entries(PROBLEMS).map(([code, { status, title }]) => ({ code, status, title }));

describe.each(problems)('$code', ({ code, status, title }) => {
  it('has a code for programs and an error status', () => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it('speaks Japanese in full sentences', () => {
    expect(title).toMatch(/^[^。].*[\p{sc=Hira}][。]$/u);
    expect(title.replace(FORMATS, '')).not.toMatch(/[A-Za-z]/);
  });

  it('neither blames nor shouts nor speaks from above', () => {
    expect(title).not.toMatch(/[!！?？]|不正|エラー|失敗|無効|違反|審査|承認|申請|却下|督促/u);
  });
});
