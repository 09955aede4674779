import { describe, expect, it } from 'vitest';
import {
  type LectureStep,
  lectureFromFragment,
  longestCaption,
  splitLecture,
  withLecture,
} from './lecture-link.ts';
import { presets } from './presets.ts';
import { settingsFromFragment, settingsToFragment } from './settings-link.ts';

const steps: readonly LectureStep[] = [
  {
    page: 'bench',
    panels: ['residual'],
    path: 'test/good/000.png',
    epoch: 12,
    caption: 'Coarse first: 50 % & more; then, fine.',
  },
  {
    page: 'bench',
    panels: ['spectrum-input', 'image-auroc'],
    path: undefined,
    epoch: undefined,
    caption: '',
  },
  {
    page: 'bench',
    panels: ['overlay'],
    path: 'test/kratzer groß/ä #1+.png',
    epoch: 0,
    caption: 'Größe = 1.5\n"x" – 水',
  },
];

const settings = settingsToFragment(presets.quickLook);

describe('a lecture in a link', () => {
  it('survives a round trip beside the settings', () => {
    const fragment = withLecture(settings, steps);
    expect(lectureFromFragment(fragment)).toEqual(steps);
    expect(lectureFromFragment(`#${fragment}`)).toEqual(steps);
    const { rest } = splitLecture(fragment);
    expect(rest).toBe(settings);
    expect(settingsFromFragment(rest, presets.paper)).toBeDefined();
  });

  it('survives the address bar', () => {
    const url = new URL('https://example.org/');
    url.hash = withLecture(settings, steps);
    expect(lectureFromFragment(new URL(url.href).hash)).toEqual(steps);
  });

  it('is readable, and leaves a fragment without steps as it is', () => {
    expect(withLecture('v=2', steps.slice(0, 1))).toMatch(
      /^v=2&lecture=1;bench,residual,test\/good\/000\.png,12,Coarse\+first/,
    );
    expect(withLecture(settings, [])).toBe(settings);
    expect(lectureFromFragment(settings)).toEqual([]);
  });

  it.each([
    ['2;residual,,,', 'version is "2"'],
    ['', 'version is ""'],
    ['1;bench,residual,,', 'step 1 has 4 fields'],
    ['1;bench,residual,,,a,b', 'step 1 has 6 fields'],
    ['1;bench,residual,,,a;bench,,,,b', 'step 2 names no panel'],
    ['1;bench,a.b.c,,,', 'step 1 names 3 panels'],
    ['1;Bench!,residual,,,', 'a page called "Bench!"'],
    ['1;bench,<script>,,,', 'a panel called "<script>"'],
    ['1;bench,residual,,-1,', 'the epoch "-1"'],
    ['1;bench,residual,,1e3,', 'the epoch "1e3"'],
    ['1;bench,residual,,,%E0%A4', 'a broken character'],
    [`1;bench,residual,,,${'a'.repeat(longestCaption + 1)}`, 'the caption of step 1'],
    [`1${';bench,residual,,,'.repeat(41)}`, '41 steps'],
  ])('refuses %s', (text, problem) => {
    expect(() => lectureFromFragment(`v=2&preset=paper&lecture=${text}`)).toThrow(problem);
  });
});
