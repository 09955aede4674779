import { describe, expect, it } from 'vitest';
import { cellText, chartCsv, curvesData, evenlyChosen } from './chart-data.ts';

describe('a chart as CSV', () => {
  it('quotes commas, quotes and line ends, and doubles quotes', () => {
    expect(
      chartCsv({
        columns: [
          { key: 'name', label: 'run, by name' },
          { key: 'loss', label: 'the "loss"' },
        ],
        rows: [
          { name: 'a\nb', loss: 1 },
          { name: 'plain', loss: 2 },
        ],
      }),
    ).toBe('"run, by name","the ""loss"""\r\n"a\nb",1\r\nplain,2\r\n');
  });

  it('has all digits of a number, the unit in the head, and empty cells for undefined values', () => {
    const csv = chartCsv({
      columns: [
        { key: 'radius', label: 'radius', unit: 'cycles per image', format: (value) => value.toFixed(0) },
        { key: 'power', label: 'power' },
      ],
      rows: [{ radius: 0.1 + 0.2, power: Number.NaN }, { radius: 1e-12, power: undefined }, { radius: 3 }],
    });
    expect(csv).toBe('radius (cycles per image),power\r\n0.30000000000000004,\r\n1e-12,\r\n3,\r\n');
  });

  it('has a row for each abscissa that one of the curves has', () => {
    const data = curvesData({ key: 'step', label: 'step' }, [
      {
        key: 'a',
        label: 'first',
        points: [
          { x: 1, y: 4 },
          { x: 2, y: 3 },
        ],
      },
      { key: 'b', label: 'second', points: [{ x: 2, y: 9 }] },
    ]);
    expect(chartCsv(data)).toBe('step,first,second\r\n1,4,\r\n2,3,9\r\n');
  });
});

describe('a chart as a table', () => {
  it('writes whole numbers as they are, others with four digits, and a dash for none', () => {
    const column = { key: 'x', label: 'x' };
    expect([12_345, 0.123456, undefined, Number.NaN, 'good'].map((cell) => cellText(column, cell))).toEqual([
      '12345',
      '0.1235',
      '–',
      '–',
      'good',
    ]);
    expect(cellText({ ...column, format: (value) => value.toFixed(2) }, 1)).toBe('1.00');
  });

  it('leaves rows out evenly, but keeps the first and the last', () => {
    const rows = Array.from({ length: 9 }, (_, i) => i);
    // 0, 8/3, 16/3 and 8, rounded.
    expect(evenlyChosen(rows, 4)).toEqual([0, 3, 5, 8]);
    expect(evenlyChosen(rows, 9)).toBe(rows);
  });
});
