import { ASSUMPTIONS, NAMES } from './assumptions.js';
import { drawCurves } from './picture.js';
import { ticketsIn } from './ticket.js';
import { figuresOf, fillBlocks, judgedOn, pictureOf, spreadOf, weeksAsText, yearBlocks } from './report.js';
import type { Year } from './span.js';

const year = (regime: Year['regime'], shares: readonly number[]): Year => ({
  regime,
  seed: 'renkei',
  registrations: 100,
  points: ['2027-05-30', '2027-05-31', '2027-06-06', '2027-07-31'].map((date, index) => ({
    date,
    true: shares[index] ?? 0,
    byThemselves: 10,
    withTheOffice: 5,
  })),
  mails: { ofCampaigns: 50, cameBack: 7, doubled: 0 },
  steps: [],
  office: { calls: 3, minutes: 125, letters: 1 },
});

const figures = [
  year('none', [30, 31, 32, 33]),
  year('yearly', [50, 51, 52, 53]),
  year('ladder', [90, 91, 92, 93]),
].map(figuresOf);

describe('the figures', () => {
  it('are shares, the judged days apart from the weeks', () => {
    const [none] = figures;
    expect(none?.weeks.map(({ date }) => date)).toEqual(['2027-05-30', '2027-06-06']);
    expect(none && judgedOn(none, '2027-05-31')).toEqual({
      date: '2027-05-31',
      true: 0.31,
      confirmedWithoutStaff: 0.1,
      confirmed: 0.15,
    });
    expect(() => none && judgedOn(none, '2027-06-01')).toThrow("isn't judged");
    expect(spreadOf(figures).trueByJuly).toEqual({ from: 0.33, to: 0.93 });
  });

  it('print as a line a week', () => {
    expect(weeksAsText(figures).split('\n')[1]?.trim().split(/\s+/)).toEqual([
      '2027-05-30',
      '30%',
      '50%',
      '90%',
      '15%',
    ]);
  });

  it('fill their places in the documentation, as often as they are made', () => {
    const blocks = yearBlocks(figures);
    const document =
      '# S\n\n<!-- results -->\n<!-- /results -->\n\nend\n<!-- assumptions --><!-- /assumptions -->\n';
    const filled = fillBlocks(document, blocks);
    expect(filled).toContain('| true on 2027-05-31');
    expect(filled).toContain('\nend\n');
    expect(filled).toContain(`\`${NAMES[0]}\``);
    expect(fillBlocks(filled, blocks)).toBe(filled);
    expect(() => fillBlocks('nothing', blocks)).toThrow('no place for');
  });

  it('vary each guess to both sides of what it is taken as, or stop at the end of what can be', () => {
    for (const name of NAMES) {
      const { value, low, high } = ASSUMPTIONS[name];
      expect([name, low <= value && value <= high && low < high]).toEqual([name, true]);
    }
  });
});

describe('the picture', () => {
  it('has a line and a label for each regime, told apart without colour', () => {
    const svg = pictureOf(figures);
    for (const { regime } of figures) expect(svg).toContain(`>${regime}</text>`);
    expect(svg.match(/<polyline/g)).toHaveLength(3);
    expect(new Set(svg.match(/stroke-dasharray="(12 6|2 5)"/g))).toHaveProperty('size', 2);
    expect([...svg.matchAll(/(?:fill|stroke)="(#\w+)"/g)].map(([, colour]) => colour)).toEqual(
      expect.not.arrayContaining([expect.not.stringMatching(/^#(\w)\1\1$/)]),
    );
  });

  it('escapes what would be markup', () => {
    expect(drawCurves('a < b & "c"', [], [])).toContain('a &lt; b &amp; &quot;c&quot;');
  });
});

it('number and code are read in a mail as a person reads them, of several towns each', () => {
  const mail = (number: string, code: string): string =>
    `　　番号　　　　${number}\n　　確認コード　${code}\n\nお電話でも回答できます。番号 ${number} をお伝えください。`;
  expect(ticketsIn(mail('903 171', '4821 7736 0954'))).toEqual([{ number: '903171', code: '482177360954' }]);
  expect(
    ticketsIn(`${mail('903 171', '4821 7736 0954')}\n${mail('100 001', '0000 0000 0001')}`),
  ).toHaveLength(2);
  expect(ticketsIn('番号のないメール')).toEqual([]);
});
