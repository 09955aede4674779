/** The buffers that all recordings of a device share for their temporary tensors, since only one recording runs at a time. */
import { type ListPlan, leastBytes, type Place, type PlannedList, planList } from './buffer-plan.ts';
import type { VirtualBuffer } from './virtual-buffers.ts';

/** Makes and frees an arena's buffers. */
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
 * Plans the buffers of its users from the largest need to the smallest, so the total size does not depend on
 * the order in which users were added. When `generation` changes, existing bind groups are out of date.
 */
export class Arena<Buffer> {
  /** Number of changes to places or buffers so far. */
  generation = 0;
  private buffers: readonly Buffer[] = [];
  private slots: readonly number[] = [];
  /** From the largest need to the smallest. */
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

  /** Removes a user. The buffers stay until another user is added or the last user is removed. */
  remove(list: PlannedList): void {
    const at = this.users.findIndex((user) => user.list === list);
    if (at < 0) return;
    this.users.splice(at, 1);
    if (this.users.length === 0) this.planFrom(0);
  }

  /** The place of a user's temporary. */
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
