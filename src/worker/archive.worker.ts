/** Opens archives apart from the page, which stays usable. */
import { openArchive } from '#core/archive/open-archive.ts';
import type { ArchiveRequests } from './archive-client.ts';
import { serveRpc } from './rpc.ts';

serveRpc<ArchiveRequests>(self, {
  open: async ({ name, archive }, { signal, onProgress }) => {
    const files: { readonly path: string; readonly content: Blob }[] = [];
    const refused = await openArchive(name, archive, (file) => void files.push(file), { signal, onProgress });
    return { files, refused };
  },
});
