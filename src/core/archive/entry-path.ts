/** Checks the paths in an archive: none may lead out of its folder. */

const drive = /^[a-z]:/i;

/**
 * Returns the parts of a path inside its archive, or why it is refused.
 * @param path as stored, with '/' or, from Windows, '\'
 */
export const entryPath = (path: string): { readonly path: string } | { readonly problem: string } => {
  const forward = path.replaceAll('\\', '/');
  if (forward.startsWith('/') || drive.test(forward))
    return { problem: 'Its path begins outside the archive.' };
  const parts = forward.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return { problem: 'Its path leads out of the archive.' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  if (/[\u0000-\u001f\u007f]/.test(forward)) return { problem: 'Its name has control characters.' };
  if (parts.length === 0) return { problem: 'It has no name.' };
  return { path: parts.join('/') };
};
