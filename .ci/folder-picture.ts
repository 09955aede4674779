/** `npm run picture`: draws the folders of src and the imports between them into docs/architecture.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ImportGraph, readImports } from './imports.ts';

const documentFile = 'docs/architecture.md';
const [start, end] = ['<!-- npm run picture -->\n', '<!-- end of the picture -->'];

/** Top-level folders of src that the picture divides into several boxes. */
const divided = ['app', 'engine'];
/** Layers of the app below and above its features. The features do not import each other and share a box. */
const layers = ['ui', 'image', 'plot', 'shared', 'pages'];

interface Place {
  readonly room: string;
  /** Box inside the room; the room itself if it is not divided. */
  readonly box: string;
}

/** Leaves out tests and the files that only tests import: they would add arrows that the page does not have. */
const placeOf = (file: string): Place | undefined => {
  const [top, room, ...path] = file.split('/');
  if (top !== 'src' || room === undefined || path.length === 0) return undefined;
  if (room === 'testing' || path.includes('testing') || file.endsWith('.test.ts')) return undefined;
  if (!divided.includes(room)) return { room, box: room };
  const [folder] = path as [string, ...string[]];
  if (path.length === 1) return { room, box: room === 'app' ? 'app/pages' : `${room}/own` };
  return { room, box: room === 'app' && !layers.includes(folder) ? 'app/features' : `${room}/${folder}` };
};

type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

const arrowsBetween = (imports: ImportGraph, pair: (from: Place, to: Place) => [string, string]): Arrows => {
  const arrows = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = placeOf(file);
    for (const to of imported.map(placeOf)) {
      if (!from || !to) continue;
      const [source, target] = pair(from, to);
      const targets = arrows.get(source) ?? new Set();
      arrows.set(source, source === target ? targets : targets.add(target));
    }
  }
  return arrows;
};

/** All boxes that can be reached from a box along one or more arrows. */
const reachedFrom = (arrows: Arrows, box: string): Set<string> => {
  const reached = new Set(arrows.get(box));
  for (const next of reached) for (const further of arrows.get(next) ?? []) reached.add(further);
  return reached;
};

/** Omits each arrow that a detour through other boxes replaces. A box in a cycle with either end is no detour. */
const drawn = (arrows: Arrows): string[] => {
  const reached = new Map([...arrows.keys()].map((box) => [box, reachedFrom(arrows, box)]));
  const reaches = (from: string, to: string): boolean => reached.get(from)?.has(to) ?? false;
  return [...arrows].sort(byName).flatMap(([from, targets]) =>
    [...targets].sort().flatMap((to) => {
      const around = [...targets].some(
        (other) => other !== to && reaches(other, to) && !reaches(other, from) && !reaches(to, other),
      );
      const bothWays = arrows.get(to)?.has(from) ?? false;
      if (around || (bothWays && to < from)) return [];
      return [`  ${idOf(from)} ${bothWays ? '<-->' : '-->'} ${idOf(to)}`];
    }),
  );
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const idOf = (box: string): string => box.replace('/', '-');

/** A room and its boxes; a box that is not a folder is labeled with its contents. */
const boxesOf = (room: string, contents: ReadonlyMap<string, ReadonlySet<string>>): string[] => {
  if (!divided.includes(room)) return [`  ${room}`];
  const boxes = [...contents].sort(byName).filter(([box]) => box.startsWith(`${room}/`));
  const labelled = boxes.map(([box, names]) => {
    const label = /\/(features|own)$/.test(box) ? [...names].sort().join('<br>') : basename(box);
    return `    ${idOf(box)}["${label}"]`;
  });
  return [`  subgraph ${room}`, ...labelled, '  end'];
};

/** @returns the source of the Mermaid diagram: an arrow points from a folder to a folder that it imports */
export const folderPicture = (imports: ImportGraph): string => {
  const contents = new Map<string, Set<string>>();
  const rooms = new Set<string>();
  for (const file of imports.keys()) {
    const place = placeOf(file);
    if (!place) continue;
    rooms.add(place.room);
    const [, , name] = file.split('/') as [string, string, string];
    contents.set(place.box, (contents.get(place.box) ?? new Set()).add(basename(name, '.ts')));
  }
  const within = arrowsBetween(imports, (from, to) =>
    from.room === to.room ? [from.box, to.box] : [from.box, from.box],
  );
  const between = arrowsBetween(imports, (from, to) => [from.room, to.room]);
  const boxes = [...rooms].sort().flatMap((room) => boxesOf(room, contents));
  return ['```mermaid', 'flowchart TB', ...boxes, ...drawn(within), ...drawn(between), '```', ''].join('\n');
};

/** Replaces the document's picture with the picture of the present imports. */
export const withPicture = (document: string, imports: ImportGraph): string => {
  const [before, after] = [document.indexOf(start), document.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${documentFile} has lost the marks of its picture.`);
  return document.slice(0, before + start.length) + folderPicture(imports) + document.slice(after);
};

if (process.argv[1] === import.meta.filename) {
  writeFileSync(documentFile, withPicture(readFileSync(documentFile, 'utf8'), readImports()));
}
