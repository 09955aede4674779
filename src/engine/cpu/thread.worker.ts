/** One thread of the processor. */
import { serveProcessor, type ThreadSetup } from './thread-work.ts';

self.onmessage = ({ data }: MessageEvent<ThreadSetup>): void => {
  serveProcessor(data, () => self.postMessage('ready'));
};
