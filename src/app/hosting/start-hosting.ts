/** Registers the service worker, and offers the reloads that it makes possible. Loaded when the page can be used. */
import type { AppStore } from '#store/app-store.ts';
import { hosting } from './hosting-state.ts';
import { otherTabsOpen, updateRequest } from './update-request.ts';
import { isAsOpened } from './work-in-page.ts';

const register = async (): Promise<ServiceWorkerRegistration | undefined> => {
  // Missing on insecure origins.
  if (!('serviceWorker' in navigator)) return undefined;
  await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  // Undefined if a tool blocks service workers without an error.
  return navigator.serviceWorker.getRegistration();
};

/** Starts the new version and reloads, or says that another tab prevents it. */
const update = (waiting: ServiceWorker): void => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (data === otherTabsOpen) hosting.setState({ offer: 'other-tabs' });
  };
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated') location.reload();
  });
  waiting.postMessage(updateRequest, [port2]);
};

const announceUpdates = (registration: ServiceWorkerRegistration): void => {
  const announce = (): void => {
    const { waiting, active } = registration;
    // The first version waits for a moment too.
    if (waiting && active) hosting.setState({ offer: 'update', reload: () => update(waiting) });
  };
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', announce),
  );
  announce();
};

const wasReloaded = (): boolean => {
  const [opening] = performance.getEntriesByType('navigation');
  return opening instanceof PerformanceNavigationTiming && opening.type === 'reload';
};

/**
 * Isolates a page whose server does not: the service worker adds the headers when it serves the page. If the user has done
 * nothing yet, reloads the page, once; otherwise offers it.
 */
const isolate = async (store: AppStore): Promise<void> => {
  // A page that the worker has served without effect cannot be isolated in this browser.
  if (crossOriginIsolated || navigator.serviceWorker.controller) return;
  await navigator.serviceWorker.ready;
  if (!navigator.userActivation.hasBeenActive && !wasReloaded() && isAsOpened(store.getState())) {
    location.reload();
    return;
  }
  const { device } = store.getState().run;
  const needsThreads = device.phase === 'ready' && device.report.backend === 'wasm';
  if (needsThreads && navigator.hardwareConcurrency > 1 && hosting.getState().offer === 'none') {
    hosting.setState({ offer: 'threads', reload: () => location.reload() });
  }
};

/** Makes the page work offline. Some private windows refuse: the page then works as before. */
export const startHosting = async (store: AppStore): Promise<void> => {
  try {
    const registration = await register();
    if (!registration) return;
    announceUpdates(registration);
    await isolate(store);
  } catch (error) {
    console.warn(`The page is not stored for offline use: ${error}`);
  }
};
