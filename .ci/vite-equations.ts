/** Renders the equations, tex`...`, when the page is built, so that no renderer ships. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import temml from 'temml';
import type { Plugin } from 'vite';

/** Definitions that every equation can use. */
const symbolsFile = resolve('src/app/ui/equations/symbols.tex');

/** @returns the inside of a `math` element */
const render = (latex: string): string => {
  if (latex.includes('${')) throw new Error(`The build renders equations, without values: ${latex}`);
  const macros = temml.definePreamble(readFileSync(symbolsFile, 'utf8'));
  return (
    temml
      .renderToString(latex, { displayMode: true, throwOnError: true, strict: true, macros })
      .replace(/^<math[^>]*>|<\/math>$/g, '')
      // A content security policy may block styles, and the classes belong to a style sheet that is not loaded.
      .replace(/ (?:style|class)="[^"]*"/g, '')
      // Without its style, an accent has full size only if it is marked as one.
      .replaceAll('<mover>', '<mover accent="true">')
      // STIX Two Math places this bar with some space above the letter.
      .replaceAll('‾', '¯')
  );
};

/**
 * Replaces each tex`...` of a source by MathML, as a string; line numbers stay the same.
 * @throws Error if an equation is not valid LaTeX, or contains a value
 */
export const renderEquations = (source: string): string =>
  source.replace(/(?<![.\w])tex`([^`]*)`/g, (_, latex: string) => {
    const lineBreaks = '\n'.repeat(latex.split('\n').length - 1);
    return JSON.stringify(render(latex)) + lineBreaks;
  });

export const equations = (): Plugin => ({
  name: 'residua-equations',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/app\/.*(?<!\.test)\.tsx?$/.test(id) || !code.includes('tex`')) return null;
    this.addWatchFile(symbolsFile);
    return { code: renderEquations(code), map: null };
  },
});
