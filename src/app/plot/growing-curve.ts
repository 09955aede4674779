/** A curve that gets longer while it is shown: drawing it costs the same at any length. */
import { bisectRight } from 'd3-array';
import type { CurvePoint } from './curves.ts';

/** Large enough for several buckets per pixel of a chart; must be even. */
const mostBuckets = 1024;
/** The extremes of each bucket, and both ends. */
export const mostGrowingPoints = 2 * mostBuckets + 2;

const grown = (values: Float64Array): Float64Array<ArrayBuffer> => {
  const copy = new Float64Array(2 * values.length);
  copy.set(values);
  return copy;
};

/**
 * Holds all points, and the indices of the least and the greatest in each of at most 1024 buckets of consecutive points. When
 * the buckets are full, they are merged in pairs: a push costs constant time on average.
 */
export class GrowingCurve {
  private x = new Float64Array(mostBuckets);
  private y = new Float64Array(mostBuckets);
  private length = 0;
  private readonly least = new Int32Array(mostBuckets);
  private readonly greatest = new Int32Array(mostBuckets);
  private bucketSize = 1;

  /** @param x greater than the x of all earlier points */
  push(x: number, y: number): void {
    const index = this.length++;
    if (index === this.x.length) {
      this.x = grown(this.x);
      this.y = grown(this.y);
    }
    this.x[index] = x;
    this.y[index] = y;
    if (index === mostBuckets * this.bucketSize) this.mergeBuckets();
    const bucket = Math.floor(index / this.bucketSize);
    if (index % this.bucketSize === 0) {
      this.least[bucket] = index;
      this.greatest[bucket] = index;
    } else {
      this.least[bucket] = this.lower(this.least[bucket], index);
      this.greatest[bucket] = this.higher(this.greatest[bucket], index);
    }
  }

  /** Its outline by rising x: both ends and the extremes of each bucket. */
  points(): CurvePoint[] {
    if (this.length === 0) return [];
    const indices = [0];
    const add = (index: number): void => {
      if (index > indices[indices.length - 1]) indices.push(index);
    };
    for (let bucket = 0; bucket * this.bucketSize < this.length; bucket++) {
      const least = this.least[bucket];
      const greatest = this.greatest[bucket];
      add(Math.min(least, greatest));
      add(Math.max(least, greatest));
    }
    add(this.length - 1);
    return indices.map((index) => this.pointOf(index));
  }

  /** The last point at or before x; undefined before the first and after the last. */
  at(x: number): CurvePoint | undefined {
    if (this.length === 0 || x > this.x[this.length - 1]) return undefined;
    const index = bisectRight(this.x, x, 0, this.length) - 1;
    return index < 0 ? undefined : this.pointOf(index);
  }

  private pointOf(index: number): CurvePoint {
    return { x: this.x[index], y: this.y[index] };
  }

  private lower(one: number, other: number): number {
    return this.y[other] < this.y[one] ? other : one;
  }

  private higher(one: number, other: number): number {
    return this.y[other] > this.y[one] ? other : one;
  }

  private mergeBuckets(): void {
    for (let bucket = 0; bucket < mostBuckets / 2; bucket++) {
      this.least[bucket] = this.lower(this.least[2 * bucket], this.least[2 * bucket + 1]);
      this.greatest[bucket] = this.higher(this.greatest[2 * bucket], this.greatest[2 * bucket + 1]);
    }
    this.bucketSize *= 2;
  }
}
