import { describe, expect, it } from 'vitest';
import { presets } from '#core/config.ts';
import { checkAdapter, largestActivationBytes } from './adapter-check.ts';

const MiB = 1024 * 1024;

describe('the check of the adapter', () => {
  it("takes the last enlargement as the paper's largest activation", () => {
    // 256 x 256 x 32 channels x 4 bytes.
    expect(largestActivationBytes({ side: 256, width: 1 })).toBe(8 * MiB);
  });

  it('passes what just fits', () => {
    expect(() => checkAdapter(presets.paper, 209, 512 * MiB)).not.toThrow();
  });

  it('names what is needed, what there is, and the batch that fits', () => {
    expect(() => checkAdapter(presets.paper, 209, 512 * MiB - 1)).toThrow(
      'A batch of 64 at side 256 and width 1 needs a buffer of 512 MiB, but this graphics adapter allows 511 MiB. ' +
        'Choose a batch of 63 or less, a smaller side or width.',
    );
  });

  it('counts no more images than there are', () => {
    expect(() => checkAdapter(presets.paper, 16, 128 * MiB)).not.toThrow();
  });

  it('asks for a smaller model where not even one image fits', () => {
    expect(() => checkAdapter({ ...presets.paper, side: 512 }, 64, 16 * MiB)).toThrow(
      /Choose a smaller side or width/,
    );
  });
});
