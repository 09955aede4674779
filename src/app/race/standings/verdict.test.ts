import { describe, expect, it } from 'vitest';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import { type Standing, verdictHeadline, verdictOf, verdictSentences } from './verdict.ts';

const standing = (name: string, value: number): Standing => ({ name, auroc: { defined: true, value } });

const differenceOf =
  (standings: readonly Standing[], halfWidth: number) =>
  (one: number, other: number): PairedDifference => {
    const [first, second] = [standings[one]!.auroc, standings[other]!.auroc];
    if (!first.defined || !second.defined) throw new Error('Not asked for undefined AUROCs.');
    const value = first.value - second.value;
    return {
      defined: true,
      value,
      interval: { defined: true, lower: value - halfWidth, upper: value + halfWidth },
    };
  };

const three = [standing('L2', 0.8), standing('WFDL', 0.95), standing('SSIM', 0.9)];

describe('the verdict', () => {
  it('names the contestant with the highest AUROC, and its difference from each other one, the closest first', () => {
    const verdict = verdictOf(three, differenceOf(three, 0.02));
    expect(verdict.decided && [verdict.leader, verdict.leads.map(({ over }) => over)]).toEqual([1, [2, 0]]);
    expect(verdictHeadline(verdict, three)).toBe('WFDL wins');
    expect(verdictSentences(verdict, three)).toEqual([
      'WFDL 0.950 − SSIM 0.900: +0.050 (+0.030 to +0.070).',
      'L2 0.800 − WFDL 0.950: −0.150 (−0.170 to −0.130).',
    ]);
  });

  it('asks for each difference in the order of the contestants, as tables, maps and files have it', () => {
    const asked: (readonly [number, number])[] = [];
    verdictOf(three, (one, other) => {
      asked.push([one, other]);
      return differenceOf(three, 0.02)(one, other);
    });
    expect(asked).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it('shows no difference if the interval of the closest one includes 0', () => {
    const verdict = verdictOf(three, differenceOf(three, 0.06));
    expect(verdictHeadline(verdict, three)).toBe('No difference shown');
    const [closest, other] = verdictSentences(verdict, three);
    expect(closest).toContain('show no difference');
    expect(other).not.toContain('show no difference');
  });

  it('shows no difference without an interval', () => {
    const verdict = verdictOf(three, () => ({
      defined: true,
      value: 0.05,
      interval: { defined: false, reason: 'There is only one anomalous image.' },
    }));
    expect(verdictHeadline(verdict, three)).toBe('No difference shown');
    expect(verdictSentences(verdict, three)[0]).toContain('only one anomalous image');
  });

  it('is undecided if an AUROC is undefined', () => {
    const standings = [
      standing('L2', 0.8),
      { name: 'WFDL', auroc: { defined: false as const, reason: 'No anomalous images.' } },
    ];
    const verdict = verdictOf(standings, differenceOf(standings, 0.1));
    expect(verdictHeadline(verdict, standings)).toBe('Undecided');
    expect(verdictSentences(verdict, standings)).toEqual(['No anomalous images.']);
  });
});
