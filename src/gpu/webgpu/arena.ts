/** The buffers that all recordings of a device share for what is temporary: they run one after the other. */
import type { Lifetimes } from './buffer-lifetimes.ts';
import { type BufferPlan, planBuffers } from './buffer-plan.ts';

/** Makes and frees buffers of an arena. */
export interface ArenaDevice<Buffer> {
  readonly create: (bytes: number) => Buffer;
  readonly destroy: (buffer: Buffer) => void;
}

const noPlan: BufferPlan = { slots: [], places: new Map() };

/**
 * Plans the buffers of all its users together, anew with each one that comes: so the bytes depend on which they are, not
 * on the order in which they came. What users have bound is then out of date: `generation` tells.
 */
export class Arena<Buffer> {
  /** Counts the times that the buffers changed. */
  generation = 0;
  plan: BufferPlan = noPlan;
  buffers: readonly Buffer[] = [];
  private readonly users = new Set<Lifetimes>();

  constructor(private readonly device: ArenaDevice<Buffer>) {}

  /** Bytes of all buffers. */
  get bytes(): number {
    return this.plan.slots.reduce((sum, bytes) => sum + bytes, 0);
  }

  add(user: Lifetimes): void {
    this.users.add(user);
    this.replan();
  }

  /** The buffers stay as they are until the next user comes, or go with the last one. */
  remove(user: Lifetimes): void {
    this.users.delete(user);
    if (this.users.size === 0) this.replan();
  }

  private replan(): void {
    for (const buffer of this.buffers) this.device.destroy(buffer);
    this.plan = planBuffers([...this.users]);
    this.buffers = this.plan.slots.map(this.device.create);
    this.generation += 1;
  }
}
