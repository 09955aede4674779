/** Ids of retained runs and races. */

/** Random enough to be unique across pages; `crypto.randomUUID` needs a secure context. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
