/** LaTeX in the source, MathML in the page: the build renders it, so no renderer is shipped. */

/** The inside of a `math` element, rendered by the build from our own source. */
export type MathML = string & { readonly mathML: unique symbol };

/**
 * Writes an equation: LaTeX between the backticks, without `${}`, with the symbols of `ui/equations/symbols.tex`.
 * `.ci/vite-equations.ts` puts the MathML in its place in the dev server, the build and the tests.
 */
export const tex = ({ raw: [latex] }: TemplateStringsArray): MathML => {
  throw new Error(`The build has not rendered ${latex}. Load this file through Vite.`);
};
