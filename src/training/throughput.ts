/** Images per second and time left, from the pace of the last few seconds including evaluations. */

const windowMs = 8000;

/** Measures pace over a sliding window of the last seconds. Time comes from the caller, in milliseconds. */
export class Throughput {
  private marks: { readonly timeMs: number; readonly images: number; readonly steps: number }[] = [];

  /** Forgets the past: after a pause, waiting is not training time. */
  restart(timeMs: number): void {
    this.marks = [{ timeMs, images: 0, steps: 0 }];
  }

  /** Records work since the previous mark. */
  add(timeMs: number, images: number, steps: number): void {
    const last = this.marks.at(-1);
    this.marks.push({ timeMs, images: (last?.images ?? 0) + images, steps: (last?.steps ?? 0) + steps });
    while (this.marks.length > 2 && timeMs - this.marks[1].timeMs > windowMs) this.marks.shift();
  }

  /** Returns the pace; undefined until some time has passed before a mark. */
  imagesPerSecond(): number | undefined {
    return this.rate('images');
  }

  /** Milliseconds for this many steps at the current pace. */
  remainingMs(steps: number): number | undefined {
    const rate = this.rate('steps');
    return rate === undefined ? undefined : (steps / rate) * 1000;
  }

  private rate(unit: 'images' | 'steps'): number | undefined {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.timeMs <= first.timeMs || last[unit] <= first[unit]) return undefined;
    return ((last[unit] - first[unit]) * 1000) / (last.timeMs - first.timeMs);
  }
}
