/**
 * The service worker: stores all files of the built page, serves them from there, and adds the headers that a plain file
 * server does not send. So the page opens offline, and its threads work on any static hosting.
 */
import { addPlugins, cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { withPageHeaders } from './page-headers.ts';
import { otherTabsOpen, updateRequest } from './update-request.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** The built files with their revisions; inserted by the build. */
  readonly __WB_MANIFEST: PrecacheEntry[];
};

addPlugins([{ handlerWillRespond: async ({ response }) => withPageHeaders(response) }]);
cleanupOutdatedCaches();
// The page's query is for the page.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });

/** Replaces the present version, unless a second tab uses it: that tab's later requests are for files of its version. */
const replacePresent = async (port: MessagePort | undefined): Promise<void> => {
  const { scope } = self.registration;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tabs = windows.filter(({ url }) => url.startsWith(scope));
  if (tabs.length > 1) port?.postMessage(otherTabsOpen);
  else await self.skipWaiting();
};

self.addEventListener('message', (event) => {
  if (event.data === updateRequest) event.waitUntil(replacePresent(event.ports[0]));
});
