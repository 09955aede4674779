import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('quotes commas, quotes and line breaks, and nothing else', () => {
    const rows = [['a,b', 'say "x"', 'two\nlines', 'plain text']];
    expect(toCsv(['p', 'q', 'r', 's'], rows)).toBe(
      'p,q,r,s\r\n"a,b","say ""x""","two\nlines",plain text\r\n',
    );
  });

  it('keeps every digit of a number', () => {
    const values = [1 / 3, Math.fround(0.1), 1e-12, 123456789.12345678];
    const [, line] = toCsv(['a', 'b', 'c', 'd'], [values]).split('\r\n');
    expect(line?.split(',').map(Number)).toEqual(values);
  });

  it('guards texts that a spreadsheet would run, but no numbers', () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
    const [, line] = toCsv(['a', 'b', 'c', 'd', 'e', 'f'], [texts]).split('\r\n');
    expect(line).toBe(`'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx"`);
    expect(toCsv(['=a'], [[-1], ['a=b']])).toBe("'=a\r\n-1\r\na=b\r\n");
  });

  it('leaves an undefined field empty, and one that is no number', () => {
    expect(toCsv(['a', 'b', 'c'], [[undefined, 0, Number.NaN]])).toBe('a,b,c\r\n,0,\r\n');
  });

  it('rejects a row with another number of fields than the header', () => {
    expect(() => toCsv(['a', 'b'], [[1]])).toThrow('A CSV row has 1 fields; the header has 2.');
  });
});
