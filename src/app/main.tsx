/** Starts the page: store, workers, React; and the plain API on `window.residua`. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Automation, createAutomation } from '#store/automation.ts';
import { createPageStore } from '#store/page-store.ts';
import { placeOfLink, viewOf } from '#store/view/place.ts';
import { opensWithPair } from './guide/first-visit.ts';
import { App } from './pages/App.tsx';
import { isOwnEntry } from './pages/header/use-settings-link.ts';
import { rememberedTheme } from './pages/use-theme.ts';
import { rememberedKeepsPast } from './runs/PastEpochsStorage.tsx';
import { StoreContext } from './shared/store-context.ts';
import { rememberedKeepsImages } from './storage/keeps-images.ts';

declare global {
  interface Window {
    /** The app's functions without its controls, for the command line and for tests. */
    residua: Automation;
  }
}

// The command line looks at no page, and drawing one takes time from the training. It keeps checkpoints in its own folder.
const isDrawn = !new URLSearchParams(location.search).has('undrawn');
const store = createPageStore(isDrawn);
store.actions.view.set({ theme: rememberedTheme() });
store.actions.runs.setKeepsPast(rememberedKeepsPast());
store.actions.storage.setKeepsImages(rememberedKeepsImages());
const linked = placeOfLink(location.hash);
store.actions.view.set(viewOf(linked));
store.actions.run.openLink(location.hash);
// After a reload, nobody expects Train to start a race: only an opened link plans one.
if (isOwnEntry(history.state)) store.actions.race.cancelPlan();
store.actions.lecture.openLink(location.hash);
const ready = store.actions.startUp();
window.residua = createAutomation(store, ready);
const { planned } = store.getState().race;
const restoreLinked = async (id: string): Promise<void> => {
  await ready;
  await store.actions.lecture.openRun(id);
  // Opening a run drops the plan, and the link asks for both.
  if (planned.length > 0) store.actions.race.plan(planned);
};
if (linked.run !== undefined) void restoreLinked(linked.run);
else if (opensWithPair()) void ready.then(store.actions.pair.show);

const root = document.getElementById('root');
if (!root) throw new Error('index.html holds the element #root.');
if (isDrawn) {
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </StrictMode>,
  );
  // The first load and the device come first; under a development server there is no service worker.
  if (import.meta.env.PROD) {
    void ready
      .then(() => import('./hosting/start-hosting.ts'))
      .then(({ startHosting }) => startHosting(store));
  }
}
