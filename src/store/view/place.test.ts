import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { settingsFromFragment, settingsToFragment } from '#core/settings-link.ts';
import { version1Links } from '#testing/version-1.ts';
import { initialState } from '../app-state.ts';
import { isNewEntry, type Place, placeOf, placeOfLink, withPlace } from './place.ts';
import { figureNames, pageNames } from './state.ts';

const bench: Place = { page: 'bench', figure: undefined, run: undefined };
const settings = settingsToFragment({ ...presets.quickLook, loss: 'l2' });

describe('the place in a link', () => {
  it('is restored, for every page and figure, beside the settings', () => {
    const places: readonly Place[] = [
      ...pageNames.filter((page) => page !== 'figures').map((page) => ({ ...bench, page, run: 'a1' })),
      ...figureNames.map((figure) => ({ page: 'figures', figure, run: undefined }) as const),
    ];
    for (const place of places) {
      const fragment = withPlace(settings, place);
      expect(placeOfLink(`#${fragment}`)).toEqual(place);
      expect(settingsFromFragment(fragment, presets.paper)?.config.loss).toBe('l2');
    }
  });

  it('adds nothing on the bench, and is the bench in links of earlier versions', () => {
    expect(withPlace(settings, bench)).toBe(settings);
    for (const { fragment } of version1Links()) expect(placeOfLink(fragment)).toEqual(bench);
  });

  it('ignores names that it does not know, and a figure of another page', () => {
    expect(placeOfLink('page=atlas&figure=filter')).toEqual(bench);
    expect(placeOfLink('page=table&figure=filter')).toEqual({ ...bench, page: 'table' });
  });

  it('has the opened run, but no run that was trained here', () => {
    const { run, runs } = initialState;
    const kept = { ...initialState, runs: { ...runs, presentId: 'a1' } };
    expect(placeOf(kept).run).toBeUndefined();
    expect(placeOf({ ...kept, run: { ...run, importedFrom: 'bolt' } }).run).toBe('a1');
  });

  it('has the opened race instead of its first run, but not the bundled one, which is no retained run', () => {
    const { run, race, runs } = initialState;
    const opened = { ...initialState, run: { ...run, importedFrom: 'bolt' }, race: { ...race, id: 'r1' } };
    expect(placeOf({ ...opened, runs: { ...runs, presentId: 'a1' } }).run).toBe('r1');
    expect(placeOf(opened).run).toBeUndefined();
  });
});

describe('an entry of the history', () => {
  it('is added for another page, another figure, and an opened run', () => {
    expect(isNewEntry(bench, { ...bench, page: 'table' })).toBe(true);
    const filter: Place = { ...bench, page: 'figures', figure: 'filter' };
    expect(isNewEntry(filter, { ...filter, figure: 'comparison' })).toBe(true);
    expect(isNewEntry(bench, { ...bench, run: 'a1' })).toBe(true);
  });

  it('is not added if only the opened run goes', () => {
    expect(isNewEntry({ ...bench, run: 'a1' }, bench)).toBe(false);
  });
});
