/** Saves files from the page to the user's disk. */
import type { ExportedRun } from '#store/page-store.ts';

/** A text as a file name: in lower case, with hyphens. */
export const asFileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** Saves a file under a name. */
export const downloadFile = (name: string, content: BlobPart, type: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click: revoking at once would cancel the download.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

export const downloadRun = ({ modelJson, weights, past }: ExportedRun): void => {
  downloadFile('model.json', modelJson, 'application/json');
  downloadFile('weights.bin', weights, 'application/octet-stream');
  if (past) downloadFile('past.bin', past, 'application/octet-stream');
};
