/** Any text as text of an XML document. */

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML knows no other control characters than these three, not even as references. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => escapes[character] ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: names may hold them, XML may not.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
