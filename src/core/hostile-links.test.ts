/** Damaged links, curves and lists in text fields: each is read, or refused with a sentence. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { acceptsOrRefuses } from '#testing/hostile-values.ts';
import { parseWeightCurve } from './frequency-weight/weight-curve.ts';
import { lectureFromFragment, withLecture } from './lecture-link.ts';
import { presets } from './presets.ts';
import { settingsFromFragment, settingsToFragment } from './settings-link.ts';
import { parseSeeds } from './table/plan-queue.ts';

const link = settingsToFragment({ ...presets.recommended, side: 64, learningRate: 0.5 }, [
  { loss: 'l2', width: 0.5 },
]);

const lecture = withLecture(link, [
  {
    page: 'bench',
    panels: ['input', 'residual'],
    path: 'test/good/0.png',
    epoch: 3,
    caption: 'Here, and now',
  },
]);

const subjects = [
  {
    name: 'link',
    text: link,
    parse: (text: string) => settingsFromFragment(text, presets.recommended),
  },
  { name: 'lecture', text: lecture, parse: lectureFromFragment },
  { name: 'weight curve', text: '0:0,0.5:0.5,1:1', parse: parseWeightCurve },
  { name: 'list of seeds', text: '1,2,5-9', parse: parseSeeds },
];

/** Replaces a piece of a text: by any characters, by separators, or by another piece of it. */
const edited = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(12),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.stringMatching(/^[&=;,:#%+.-]{0,6}$/),
        fc.constantFrom(
          '1e308',
          '-1',
          'NaN',
          '99999999999999999999',
          '%E0%A4%A',
          '__proto__',
          'x'.repeat(4000),
        ),
        fc.nat(text.length).map((at) => text.slice(at, at + 20)),
      ),
    )
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));

it.each(subjects)('a damaged $name is read or refused with a sentence', ({ text, parse }) => {
  expect(acceptsOrRefuses(() => parse(text))).toBe(true);
  let refused = 0;
  fc.assert(
    fc.property(edited(text), (faulty) => {
      if (!acceptsOrRefuses(() => parse(faulty))) refused++;
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(20);
});
