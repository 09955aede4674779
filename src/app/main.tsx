/** Starts the page: store, workers, React; and the plain API on `window.residua`. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Automation, createAutomation } from '#store/automation.ts';
import { createPageStore } from '#store/page-store.ts';
import { placeOfLink, viewOf } from '#store/view/place.ts';
import { opensWithPair } from './guide/first-visit.ts';
import { App } from './pages/App.tsx';
import { rememberedTheme } from './pages/use-theme.ts';
import { rememberedKeepsPast } from './runs/PastEpochsStorage.tsx';
import { StoreContext } from './shared/store-context.ts';

declare global {
  interface Window {
    /** The app's functions without its controls, for the command line and for tests. */
    residua: Automation;
  }
}

const store = createPageStore();
store.actions.view.set({ theme: rememberedTheme() });
store.actions.runs.setKeepsPast(rememberedKeepsPast());
const linked = placeOfLink(location.hash);
store.actions.view.set(viewOf(linked));
store.actions.run.openLink(location.hash);
store.actions.lecture.openLink(location.hash);
const ready = store.actions.startUp();
window.residua = createAutomation(store, ready);
if (linked.run !== undefined) void ready.then(() => store.actions.lecture.openRun(linked.run!));
else if (opensWithPair()) void ready.then(store.actions.pair.show);

const root = document.getElementById('root');
if (!root) throw new Error('index.html holds the element #root.');
// The command line looks at no page, and drawing one takes time from the training.
if (!new URLSearchParams(location.search).has('undrawn')) {
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </StrictMode>,
  );
}
