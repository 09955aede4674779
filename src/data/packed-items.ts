/** Byte arrays of many images in one array, collected in any order. */

/** Collects the bytes of items by slot, and packs those of the used ones. Ends with `pack`, which transfers its memory. */
export interface PackedItems<A extends Uint8Array | Uint8ClampedArray<ArrayBuffer>> {
  set(slot: number, bytes: A): void;
  /** @param used whether each slot is wanted; these must be set */
  pack(used: readonly boolean[]): A;
}

/** Items of one length: each is copied to its place at once, so that no image is stored twice for long. */
export const equalItems = <A extends Uint8Array | Uint8ClampedArray<ArrayBuffer>>(
  count: number,
  itemBytes: number,
  allocate: (bytes: number) => A,
): PackedItems<A> => {
  const items = allocate(count * itemBytes);
  return {
    set: (slot, bytes) => items.set(bytes, slot * itemBytes),
    pack: (used) => {
      let place = 0;
      for (const [slot, isUsed] of used.entries()) {
        if (!isUsed) continue;
        if (place !== slot) items.copyWithin(place * itemBytes, slot * itemBytes, (slot + 1) * itemBytes);
        place++;
      }
      // A slice has the same type as its array, which TypeScript does not know.
      return place === used.length ? items : (items.slice(0, place * itemBytes) as A);
    },
  };
};

/** Items of lengths that are known only when they arrive: each is stored twice until its own copy. */
export const unequalItems = (allocate: (bytes: number) => Uint8Array): PackedItems<Uint8Array> => {
  const items: (Uint8Array | undefined)[] = [];
  return {
    set: (slot, bytes) => {
      items[slot] = bytes;
    },
    pack: (used) => {
      const slots = used.flatMap((isUsed, slot) => (isUsed ? [slot] : []));
      const all = allocate(slots.reduce((sum, slot) => sum + items[slot]!.length, 0));
      let end = 0;
      for (const slot of slots) {
        const item = items[slot]!;
        all.set(item, end);
        end += item.length;
        items[slot] = undefined;
      }
      return all;
    },
  };
};
