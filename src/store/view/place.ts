/** The place that the page shows, as parameters of a link: the page, the figure, and the opened kept run or race. */
import type { LinkParameter } from '#core/settings-link.ts';
import type { AppState } from '../app-state.ts';
import { type FigureName, figureNames, type PageName, pageNames, type ViewState } from './state.ts';

export interface Place {
  readonly page: PageName;
  /** The figure of the page Figures; undefined on other pages. */
  readonly figure: FigureName | undefined;
  /** Id of the opened kept run or race; undefined if the present run was trained on this page, or there is none. */
  readonly run: string | undefined;
}

/** Returns the shown place. */
export const placeOf = ({
  view,
  run,
  race,
  runs: { presentId },
}: Pick<AppState, 'view' | 'run' | 'race' | 'runs'>): Place => ({
  page: view.page,
  figure: view.page === 'figures' ? view.figure : undefined,
  run: run.importedFrom === undefined || presentId === undefined ? undefined : (race.id ?? presentId),
});

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.page === other.page && one.figure === other.figure && one.run === other.run;

/** Whether a browser should add an entry to its history: for another page or figure, and for a run that was opened. */
export const isNewEntry = (before: Place, after: Place): boolean =>
  before.page !== after.page ||
  (after.figure !== undefined && before.figure !== after.figure) ||
  (after.run !== undefined && before.run !== after.run);

/** Returns the options of the view that show a place. */
export const viewOf = ({ page, figure }: Place): Pick<ViewState, 'page'> & Partial<ViewState> =>
  figure === undefined ? { page } : { page, figure };

/** Adds a place to the fragment of a link; the bench without a run adds nothing. */
export const withPlace = (fragment: string, { page, figure, run }: Place): string => {
  const parameters = new URLSearchParams(fragment);
  const set = (name: LinkParameter, value: string | undefined): void => {
    if (value !== undefined) parameters.set(name, value);
  };
  set('page', page === 'bench' ? undefined : page);
  set('figure', figure);
  set('run', run);
  return parameters.toString();
};

/**
 * Reads the place of a link. Unknown names are ignored: the link may be of another version.
 * @param fragment with or without `#`
 */
export const placeOfLink = (fragment: string): Place => {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const page = pageNames.find((name) => name === parameters.get('page')) ?? 'bench';
  const figure = figureNames.find((name) => name === parameters.get('figure'));
  return {
    page,
    figure: page === 'figures' ? figure : undefined,
    run: parameters.get('run') || undefined,
  };
};
