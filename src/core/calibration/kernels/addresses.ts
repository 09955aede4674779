/** Where things lie in the kernels' memory. */
import { firstFreeByte } from './kernel-memory.ts';

/** A cache line; nothing begins within one. */
const lineBytes = 64;

const inLines = (bytes: number): number => Math.ceil(bytes / lineBytes) * lineBytes;

/** Pixels of a group: values of one pixel's matrix lie beside each other, a cache line of 8 pixels a value. */
export const groupPixels = 8;

/** Gives one address after the other. */
export class Addresses {
  private next = firstFreeByte;

  /** First byte behind all of them. */
  get end(): number {
    return this.next;
  }

  /** @returns the address of so many bytes */
  take(bytes: number): number {
    const address = this.next;
    this.next += inLines(bytes);
    return address;
  }
}

/**
 * Bytes from one row, or one plane, to the next: whole lines, and three more, since rows at a distance of a power of two
 * fall into the same few sets of a cache.
 */
export const spacedBytes = (bytes: number): number => inLines(bytes) + 3 * lineBytes;

/** Groups of planes of so many pixels; the last may hold fewer pixels. */
export const groupsOf = (pixels: number): number => Math.ceil(pixels / groupPixels);

/** Bytes from one plane to the next. */
export const planeBytes = (pixels: number): number => spacedBytes(8 * groupPixels * groupsOf(pixels));
