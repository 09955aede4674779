/** A started store with the test's clients. */
import { createAppStore } from '../app-store.ts';
import { createFakeClients } from './fake-clients.ts';

/** Returns the store, its clients and its actions by name. */
export const startedStore = async (fake = createFakeClients()) => {
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  return { fake, store, ...store.actions };
};
