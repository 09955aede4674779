import { describe, expect, it } from 'vitest';
import { enlarge, setPlace, stage, stagedByName, stageName } from './stage.ts';

describe('the stage', () => {
  it('names a chart by its title, in the characters of a link', () => {
    expect(stageName('Image AUROC')).toBe('image-auroc');
    expect(stageName('Residual |F − F̂|, by epoch')).toBe('residual-f-f-by-epoch');
  });

  it('finds the first of several panels with one name', () => {
    const panels = [
      { id: 'a', name: 'residual', title: 'Residual' },
      { id: 'b', name: 'residual', title: 'Residual, L2' },
    ];
    expect(stagedByName(panels, 'residual')?.id).toBe('a');
    expect(stagedByName(panels, 'overlay')).toBeUndefined();
  });

  it('gives a panel a place and takes it away', () => {
    const place = {} as HTMLElement;
    setPlace('a', place);
    setPlace('b', place);
    expect(stage.getState().places).toEqual({ a: place, b: place });
    setPlace('a', null);
    expect(stage.getState().places).toEqual({ b: place });
    enlarge('b');
    expect(stage.getState().enlarged).toBe('b');
  });
});
