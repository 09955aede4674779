/** The script of a lecture in the fragment of a link, beside the settings: short and readable. */
import { ResiduaError } from './errors.ts';

/** A state of the page, with a caption. */
export interface LectureStep {
  /** Name of the page with the panels. */
  readonly page: string;
  /** Names of one or two panels, such as `residual` or `image-auroc`. */
  readonly panels: readonly [string] | readonly [string, string];
  /** Path of the image inside its category; undefined leaves the shown image. */
  readonly path: string | undefined;
  /** Whole epochs of the evaluation to show; undefined shows the latest. */
  readonly epoch: number | undefined;
  /** May be empty. */
  readonly caption: string;
}

/** The most steps of a lecture: browsers and messengers cut very long links. */
export const mostLectureSteps = 40;

/** The most characters of a caption. */
export const longestCaption = 240;

const longestPath = 300;
const largestEpoch = 1_000_000;
const version = '1';
const parameter = 'lecture';
const plainName = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Spaces and slashes stay readable; `,` `;` `&` `+` `#` are encoded, since they separate. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/%20/g, '+').replace(/%2F/g, '/');

const refused = (problem: string): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The link's lecture cannot be used: ${problem}`,
    'Ask for a new link. The settings of the link are used without it.',
  );

const decoded = (text: string, place: string): string => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    throw refused(`${place} has a broken character.`);
  }
};

const stepText = ({ page, panels, path, epoch, caption }: LectureStep): string =>
  [page, panels.join('.'), path === undefined ? '' : encoded(path), epoch ?? '', encoded(caption)].join(',');

/**
 * Adds a lecture to a fragment: `v=2&preset=paper&lecture=1;bench,residual,test/good/000.png,12,A+caption`.
 * @param fragment of the settings, without `#`
 */
export const withLecture = (fragment: string, steps: readonly LectureStep[]): string =>
  steps.length === 0 ? fragment : `${fragment}&${parameter}=${[version, ...steps.map(stepText)].join(';')}`;

/**
 * Separates the lecture from the rest of a fragment.
 * @param fragment with or without `#`
 */
export const splitLecture = (
  fragment: string,
): { readonly rest: string; readonly lecture: string | undefined } => {
  const parts = fragment.replace(/^#/, '').split('&');
  const isLecture = (part: string): boolean => part.startsWith(`${parameter}=`);
  return {
    rest: parts.filter((part) => !isLecture(part)).join('&'),
    lecture: parts.find(isLecture)?.slice(parameter.length + 1),
  };
};

const parsePanels = (text: string, place: string): LectureStep['panels'] => {
  const [first, second, ...others] = text.split('.');
  if (first === undefined || first === '' || others.length > 0) {
    throw refused(
      `${place} names ${text === '' ? 'no panel' : `${others.length + 2} panels`}; expected one or two.`,
    );
  }
  for (const name of second === undefined ? [first] : [first, second]) {
    if (!plainName.test(name)) throw refused(`${place} has a panel called "${name.slice(0, 60)}".`);
  }
  return second === undefined ? [first] : [first, second];
};

const parseEpoch = (text: string, place: string): number | undefined => {
  if (text === '') return undefined;
  const epoch = Number(text);
  if (!/^\d+$/.test(text) || epoch > largestEpoch) {
    throw refused(`${place} has the epoch "${text.slice(0, 20)}"; expected a whole number.`);
  }
  return epoch;
};

const checkedLength = (text: string, most: number, what: string, place: string): string => {
  if (text.length > most)
    throw refused(`the ${what} of ${place} has ${text.length} characters, at most ${most} fit.`);
  return text;
};

const parseStep = (text: string, index: number): LectureStep => {
  const place = `step ${index + 1}`;
  const fields = text.split(',');
  const [page, panels, path, epoch, caption] = fields;
  if (
    fields.length !== 5 ||
    page === undefined ||
    panels === undefined ||
    path === undefined ||
    epoch === undefined ||
    caption === undefined
  ) {
    throw refused(`${place} has ${fields.length} fields; expected 5.`);
  }
  if (!plainName.test(page)) throw refused(`${place} has a page called "${page.slice(0, 60)}".`);
  return {
    page,
    panels: parsePanels(panels, place),
    path: path === '' ? undefined : checkedLength(decoded(path, place), longestPath, 'path', place),
    epoch: parseEpoch(epoch, place),
    caption: checkedLength(decoded(caption, place), longestCaption, 'caption', place),
  };
};

/**
 * Reads the lecture of a fragment.
 * @param fragment with or without `#`
 * @returns the steps; empty if the fragment has no lecture
 * @throws ResiduaError `config-invalid` for another version, too many steps, or an invalid step, naming it
 */
export const lectureFromFragment = (fragment: string): readonly LectureStep[] => {
  const { lecture } = splitLecture(fragment);
  if (lecture === undefined) return [];
  const [found, ...steps] = lecture.split(';');
  if (found !== version)
    throw refused(`its version is "${(found ?? '').slice(0, 20)}"; this page reads ${version}.`);
  if (steps.length > mostLectureSteps) {
    throw refused(`it has ${steps.length} steps, at most ${mostLectureSteps} fit.`);
  }
  return steps.map(parseStep);
};
