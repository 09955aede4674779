/** One hash for all images of a run. */

/**
 * SHA-256, in hexadecimal digits, of a text with one line for each image with a hash: hash, space, path; sorted by the lines.
 * Undefined if no image has a hash, or outside a secure context, which lacks the algorithm.
 * @param contentHashes SHA-256 of files by path
 */
export const dataFingerprint = async (
  contentHashes: ReadonlyMap<string, string>,
): Promise<string | undefined> => {
  if (contentHashes.size === 0 || !globalThis.crypto.subtle) return undefined;
  const lines = Array.from(contentHashes, ([path, hash]) => `${hash} ${path}\n`).sort();
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines.join('')));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};
