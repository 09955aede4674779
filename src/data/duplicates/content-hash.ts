/** The hash that identifies equal files. */

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * SHA-256 of a file's bytes in hexadecimal digits. The browser computes it off the calling thread.
 * @returns undefined if the file cannot be read, or if SHA-256 is missing because the page has no secure context
 */
export const contentHashOf = async (file: Blob): Promise<string | undefined> => {
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle === undefined) return undefined;
  try {
    return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer())));
  } catch {
    // Decoding reads the same file, and reports the problem.
    return undefined;
  }
};
