import { describe, expect, it } from 'vitest';
import type { Fit } from './fit.ts';
import { pixelSize, pixelSizeSentence } from './pixel-size.ts';

const sentence = (width: number, height: number, side: number, fit: Fit = 'squeeze'): string | undefined => {
  const size = pixelSize(width, height, { side, fit });
  return size && pixelSizeSentence(size);
};

describe('the size of a pixel', () => {
  it('says what one pixel stands for, and which defects may vanish', () => {
    expect(sentence(1024, 1024, 64)).toBe('1 px = 16 px of yours; defects under about 32 px may vanish');
    expect(sentence(900, 900, 128)).toBe('1 px = 7 px of yours; defects under about 15 px may vanish');
  });

  it('has two numbers for images that are squeezed into a square', () => {
    expect(sentence(1024, 768, 64)).toBe('1 px = 16 × 12 px of yours; defects under about 32 px may vanish');
    expect(sentence(96, 48, 64)).toBe('1 px = 1.5 × 0.8 px of yours; defects under about 3 px may vanish');
  });

  it('is that of the padded or cropped square', () => {
    expect(sentence(1024, 768, 64, 'pad')).toBe(
      '1 px = 16 px of yours; defects under about 32 px may vanish',
    );
    expect(sentence(1024, 768, 64, 'crop')).toBe(
      '1 px = 12 px of yours; defects under about 24 px may vanish',
    );
    expect(sentence(96, 48, 64, 'crop')).toBeUndefined();
  });

  it('is undefined if no pixel is lost', () => {
    expect(sentence(64, 64, 64)).toBeUndefined();
    expect(sentence(32, 48, 64)).toBeUndefined();
  });
});
