/** A decode worker: converts images to arrays, one after the other. */
import { decodeOriginal, decodeSample } from '#data/decode/decode-sample.ts';
import type { DecodeRequests } from './dataset-client.ts';
import { serveRpc, Transferred } from './rpc.ts';

serveRpc<DecodeRequests>(self, {
  original: async (source) => {
    const original = await decodeOriginal(source);
    return new Transferred(original, [original.pixels.buffer]);
  },
  decode: async (job) => {
    const decoded = await decodeSample(job);
    const buffers = [decoded.pixels.buffer, decoded.thumbnail.buffer];
    return new Transferred(decoded, decoded.mask === undefined ? buffers : [...buffers, decoded.mask.buffer]);
  },
});
