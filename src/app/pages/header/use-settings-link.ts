/**
 * The address bar and the browser's history: a reload, a bookmark or a copied link restores settings, page, figure, opened
 * run and lecture, and Back goes to the page before.
 */
import { useEffect } from 'react';
import type { AppState } from '#store/app-state.ts';
import type { AppStore } from '#store/app-store.ts';
import { pageFragment } from '#store/page-fragment.ts';
import { linkFragment } from '#store/run/run-link.ts';
import { losesWeights, overallPhase } from '#store/run/state.ts';
import { runsOfRace } from '#store/runs/retained-run.ts';
import { retainedRun } from '#store/runs/state.ts';
import { isNewEntry, isSamePlace, type Place, placeOf, placeOfLink, viewOf } from '#store/view/place.ts';
import { useApp, useAppStore } from '../../shared/store-context.ts';

/** Browsers refuse more than about a hundred changes in 30 s; a slider makes as many in a second. */
const settleMs = 400;

/** The state of our entries in the browser's history. An entry without it is a link that the user opened. */
interface Entry {
  readonly place: Place;
}

const entryOf = (state: unknown): Entry | undefined =>
  typeof state === 'object' && state !== null && 'place' in state ? (state as Entry) : undefined;

/** Whether this state of the browser's history is that of an entry of ours, as after a reload. */
export const isOwnEntry = (state: unknown): boolean => entryOf(state) !== undefined;

/** The page's address with this fragment. */
export const linkTo = (fragment: string): string => {
  const url = new URL(location.href);
  url.hash = fragment;
  return url.href;
};

const addressOf = (state: AppState): string => linkTo(pageFragment(state));

const replaceEntry = (state: AppState): void =>
  history.replaceState({ place: placeOf(state) } satisfies Entry, '', addressOf(state));

/**
 * Opens the kept run or race of an entry, unless that would end a training or lose weights.
 * @param isLink whether the user pasted a link, whose run may be missing
 */
const openRunOf = (store: AppStore, { run: id }: Place, isLink: boolean): void => {
  const state = store.getState();
  const { run, race, runs } = state;
  const isFree =
    overallPhase(run, race) !== 'running' && run.task === undefined && !losesWeights({ run, race });
  if (!id || id === placeOf(state).run || !isFree) return;
  const isHere = retainedRun(runs, id) !== undefined || runsOfRace(id, runs.retained).length > 0;
  if (isLink || isHere) void store.actions.lecture.openRun(id);
};

/** Adds an entry for each page, figure and opened run. Returns a function that shows a place without a new entry. */
const followPlace = (
  store: AppStore,
): { readonly show: (place: Place, isLink: boolean) => void; readonly stop: () => void } => {
  let shown = placeOf(store.getState());
  let isMoving = false;
  /** The run of the entry that is shown, which may take a while to open. */
  let awaited = placeOfLink(location.hash).run;
  const stop = store.subscribe((state) => {
    const place = placeOf(state);
    if (isSamePlace(place, shown)) return;
    const isNew = isNewEntry(shown, place.run === awaited ? { ...place, run: shown.run } : place);
    shown = place;
    if (isMoving) return;
    if (isNew) history.pushState({ place } satisfies Entry, '', addressOf(state));
    else replaceEntry(state);
  });
  return {
    show: (place, isLink) => {
      awaited = place.run;
      isMoving = true;
      store.actions.view.set(viewOf(place));
      isMoving = false;
      openRunOf(store, place, isLink);
      replaceEntry(store.getState());
    },
    stop,
  };
};

export const useSettingsLink = (): void => {
  const store = useAppStore();
  const fragment = useApp(linkFragment);
  const lecture = useApp((state) => state.lecture.steps);
  const pairShown = useApp((state) => state.pair.phase === 'shown');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address has the fragment, which `replaceEntry` reads itself.
  useEffect(() => {
    const timer = setTimeout(() => replaceEntry(store.getState()), settleMs);
    return () => clearTimeout(timer);
  }, [fragment, lecture, pairShown, store]);
  useEffect(() => {
    const first: Entry = { place: placeOfLink(location.hash) };
    history.replaceState(first, '');
    const { show, stop } = followPlace(store);
    const move = ({ state }: PopStateEvent): void => {
      const entry = entryOf(state);
      // Without our state, a link was pasted into the address bar.
      if (!entry) {
        store.actions.run.openLink(location.hash);
        store.actions.lecture.openLink(location.hash);
      }
      show(entry?.place ?? placeOfLink(location.hash), !entry);
    };
    window.addEventListener('popstate', move);
    return () => {
      stop();
      window.removeEventListener('popstate', move);
    };
  }, [store]);
};
