/** Addresses in the kernels' memory. */
import { firstFreeByte } from './kernel-memory.ts';

/** A cache line; every address is aligned to one. */
const lineBytes = 64;

const inLines = (bytes: number): number => Math.ceil(bytes / lineBytes) * lineBytes;

/** Pixels per group: each entry of a pixel's matrix is a cache line of 8 pixels, next to the other entries. */
export const groupPixels = 8;

/** Hands out consecutive addresses. */
export class Addresses {
  private next = firstFreeByte;

  /** First byte after all of them. */
  get end(): number {
    return this.next;
  }

  /** @returns the address of this many bytes */
  take(bytes: number): number {
    const address = this.next;
    this.next += inLines(bytes);
    return address;
  }
}

/**
 * Bytes from one row or plane to the next: whole lines and three more, because rows at a distance of a power of two share
 * the same few cache sets.
 */
export const spacedBytes = (bytes: number): number => inLines(bytes) + 3 * lineBytes;

/** Number of groups for this many pixels; the last one may be partial. */
export const groupsOf = (pixels: number): number => Math.ceil(pixels / groupPixels);

/** Bytes from one plane to the next. */
export const planeBytes = (pixels: number): number => spacedBytes(8 * groupPixels * groupsOf(pixels));
