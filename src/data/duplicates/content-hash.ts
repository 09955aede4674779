/** The hash by which files are the same. */

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * SHA-256 of a file's bytes in hexadecimal digits. The browser computes it beside the thread that asks.
 * @returns undefined if the file cannot be read, or where the page is not served safely, so that there is no SHA-256
 */
export const contentHashOf = async (file: Blob): Promise<string | undefined> => {
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle === undefined) return undefined;
  try {
    return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer())));
  } catch {
    // Decoding reads the same file, and says what is wrong with it.
    return undefined;
  }
};
