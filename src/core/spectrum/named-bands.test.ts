import { describe, expect, it } from 'vitest';
import { namedBands } from './named-bands.ts';
import { octaveBands } from './octave-bands.ts';

describe('the named bands', () => {
  it('cover all radii but the mean, each once, and join octaves', () => {
    for (const side of [32, 64, 256]) {
      const bands = namedBands(side);
      const octaves = octaveBands(side).slice(1);
      expect(bands.map(({ from }) => from)).toEqual([0, 1, 3].map((band) => octaves[band]!.from));
      expect(bands.map(({ to }) => to)).toEqual([0, 2, 4].map((band) => octaves[band]!.to));
    }
  });

  it('end at periods of 16 and 4 pixels', () => {
    expect(namedBands(64)).toEqual([
      { name: 'coarse', from: 1, to: 3 },
      { name: 'medium', from: 4, to: 15 },
      { name: 'fine', from: 16, to: 45 },
    ]);
  });
});
