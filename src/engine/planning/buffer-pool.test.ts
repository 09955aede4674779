import { describe, expect, it } from 'vitest';
import { PlannedBufferPool } from './buffer-pool.ts';

describe('PlannedBufferPool', () => {
  it('gives a freed buffer to the next request of exactly its size, and to no other', () => {
    const pool = new PlannedBufferPool();
    pool.release(pool.acquire(100));
    pool.acquire(100);
    expect(pool.allocatedBytes).toBe(100);
    pool.acquire(100);
    expect(pool.allocatedBytes).toBe(200);
    pool.acquire(60);
    expect(pool.allocatedBytes).toBe(260);
  });

  it('frees memory on request, and records its largest buffer', () => {
    const pool = new PlannedBufferPool();
    const buffers = [pool.acquire(8), pool.acquire(24), pool.acquire(16)];
    for (const buffer of buffers) pool.release(buffer);
    expect(pool.allocatedBytes).toBe(48);
    pool.acquire(16);
    pool.giveBack();
    expect(pool.allocatedBytes).toBe(16);
    expect(pool.largestBytes).toBe(24);
  });
});
