/** Lets TypeScript import compiled AssemblyScript: `import bytes from './kernels.assembly.ts?wasm-bytes'`. */
import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { compileAssembly } from './compile-assembly.ts';

const query = '?wasm-bytes';

/** The bytes are part of the script that uses them: no separate request, and nothing to configure on a server. */
export const assembly = (): Plugin => ({
  name: 'residua-assembly',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!source.endsWith(query)) return null;
    const resolved = await this.resolve(source.slice(0, -query.length), importer, { skipSelf: true });
    return resolved && `${resolved.id}${query}`;
  },
  async load(id) {
    if (!id.endsWith(query)) return null;
    const { bytes, sources } = await compileAssembly(relative(process.cwd(), id.slice(0, -query.length)));
    for (const source of sources) this.addWatchFile(source);
    const base64 = Buffer.from(bytes).toString('base64');
    return `export default Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));`;
  },
});
