/** The buffers that all recordings of a device share for what is temporary: they run one after the other. */
import { type ListPlan, leastBytes, type Place, type PlannedList, planList } from './buffer-plan.ts';
import type { VirtualBuffer } from './virtual-buffers.ts';

/** Makes and frees buffers of an arena. */
export interface ArenaDevice<Buffer> {
  readonly create: (bytes: number) => Buffer;
  readonly destroy: (buffer: Buffer) => void;
}

interface User {
  readonly list: PlannedList;
  readonly least: number;
  plan: ListPlan;
}

const noPlan: ListPlan = { slots: [], places: new Map() };

/**
 * Plans the buffers of its users one after the other, the one that needs most first: so the bytes depend on which they are,
 * not on the order in which they came. `generation` tells when what they have bound is out of date.
 */
export class Arena<Buffer> {
  /** Counts the times that places or buffers changed. */
  generation = 0;
  private buffers: readonly Buffer[] = [];
  private slots: readonly number[] = [];
  /** Those that need most come first. */
  private readonly users: User[] = [];

  constructor(private readonly device: ArenaDevice<Buffer>) {}

  /** Bytes of all buffers. */
  get bytes(): number {
    return this.slots.reduce((sum, bytes) => sum + bytes, 0);
  }

  add(list: PlannedList): void {
    const least = leastBytes(list);
    const found = this.users.findIndex((user) => user.least < least);
    const at = found < 0 ? this.users.length : found;
    this.users.splice(at, 0, { list, least, plan: noPlan });
    this.planFrom(at);
  }

  /** The buffers stay as they are until the next user comes, or go with the last one. */
  remove(list: PlannedList): void {
    const at = this.users.findIndex((user) => user.list === list);
    if (at < 0) return;
    this.users.splice(at, 1);
    if (this.users.length === 0) this.planFrom(0);
  }

  /** Where a temporary of a user lies. */
  placeOf(list: PlannedList, temporary: VirtualBuffer): { readonly buffer: Buffer; readonly place: Place } {
    const place = this.users.find((user) => user.list === list)!.plan.places.get(temporary)!;
    return { buffer: this.buffers[place.slot]!, place };
  }

  private planFrom(first: number): void {
    let slots = this.users[first - 1]?.plan.slots ?? [];
    for (const user of this.users.slice(first)) {
      user.plan = planList(user.list, slots);
      slots = user.plan.slots;
    }
    const isLast = first === this.users.length - 1;
    const isSame =
      slots.length === this.slots.length && slots.every((bytes, slot) => bytes === this.slots[slot]);
    if (isLast && isSame) return;
    this.generation += 1;
    if (isSame) return;
    for (const buffer of this.buffers) this.device.destroy(buffer);
    this.slots = slots;
    this.buffers = slots.map(this.device.create);
  }
}
