/** Families of the text in exported figures, in SVG and on canvas: the page's own, then those of programs that ignore an embedded font. */
export const figureFont = 'Inter, "Inter More", Helvetica, Arial, sans-serif';
