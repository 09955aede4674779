/** Downloads the bundled runs and expands them. */
import { readCompactRuns } from '#core/compact-run/compact-run.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import { parseRun } from '#io/parse-run.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { parameterCount } from '#model/parameters.ts';
import type { BundledRun, BundledRunsRequests } from './bundled-runs.ts';
import { serveRpc, Transferred } from './rpc.ts';

/** Downloads a file and decompresses it. */
const download = async (url: string): Promise<Uint8Array> => {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answers ${response.status}`);
  const expanded = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(expanded).arrayBuffer());
};

const bundledRun = (files: ExportedRun): BundledRun => {
  const { config, categoryName, history } = parseRun(files);
  return {
    files,
    config,
    categoryName,
    history,
    parameterCount: parameterCount(autoencoderLayers(config.side, config.width)),
  };
};

serveRpc<BundledRunsRequests>(self, {
  read: async ({ url }) => {
    const runs = readCompactRuns(await download(url)).map(bundledRun);
    const buffers = runs.flatMap(({ files: { weights, past } }) => (past ? [weights, past] : [weights]));
    return new Transferred(runs, buffers);
  },
});
