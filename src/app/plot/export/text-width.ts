/** Text that must fit in a figure. Widths are estimates on the wide side: no layout depends on a loaded font. */

/** Mean width of a character in units of the size: 0.46 to 0.54 in sentences and paths in Inter, with room for wider fonts. */
const characterWidth = 0.56;

const charactersIn = (width: number, size: number): number => Math.floor(width / (size * characterWidth));

/** A text cut to a width. The cut is at the front, where paths have folder names. */
export const cutText = (text: string, width: number, size: number): string => {
  const room = charactersIn(width, size);
  return text.length <= room ? text : `…${text.slice(text.length - room + 1)}`;
};

/** A text in lines of limited width, broken between words, and within words that are longer than a line. */
export const wrapText = (text: string, width: number, size: number): string[] => {
  const room = Math.max(1, charactersIn(width, size));
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
};
