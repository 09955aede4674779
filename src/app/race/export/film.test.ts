import { describe, expect, it } from 'vitest';
import { filmType } from './film.ts';

describe('the kind of film', () => {
  it('is WebM wherever the browser can record it', () => {
    expect(filmType(() => true)?.type).toBe('video/webm;codecs=vp9');
    expect(filmType((type) => type === 'video/webm;codecs=vp8')?.ending).toBe('webm');
  });

  it('is MP4 where the browser records nothing else, and undefined where it records nothing', () => {
    expect(filmType((type) => type === 'video/mp4')?.ending).toBe('mp4');
    expect(filmType(() => false)).toBeUndefined();
  });
});
