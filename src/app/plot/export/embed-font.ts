/** Embeds the page's font in an exported SVG, which then looks the same on every machine. */
import basicUrl from '../../ui/theme/fonts/inter-basic.woff2?url';
import moreUrl from '../../ui/theme/fonts/inter-more.woff2?url';

/** Characters of the second file, or near them: accents, Greek, raised and lowered figures, signs. */
const beyondBasic =
  /[\u00a1-\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u017f\u0391-\u03c9\u2010\u2011\u2070-\u20ac\u2122\u2194\u2202\u2211\u222b\u2248\u2260]/;

const fontFace = async (family: string, url: string): Promise<string> => {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return (
    `@font-face{font-family:"${family}";font-weight:400 700;` +
    `src:url(data:font/woff2;base64,${btoa(binary)}) format("woff2")}`
  );
};

/**
 * Returns the document with its font: a picture drawn from the SVG cannot use the fonts of the page.
 * @param svg names `figureFont` and has a title
 * @throws TypeError if a font file cannot be loaded
 */
export const embedFont = async (svg: string): Promise<string> => {
  const faces = [fontFace('Inter', basicUrl)];
  if (beyondBasic.test(svg)) faces.push(fontFace('Inter More', moreUrl));
  const style = `<style>${(await Promise.all(faces)).join('')}</style>`;
  return svg.replace('</title>', (end) => `${end}\n${style}`);
};
