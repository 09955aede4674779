/** CSV by RFC 4180, with a header line: the only writer of CSV. */

/** The values that a field can hold. */
export type CsvValue = string | number | boolean | undefined;

/** Spreadsheets run a text that begins so as a formula, and texts come from file names and foreign models. */
const formulaStart = /^[=+\-@\t\r]/;

/**
 * Numbers keep all digits (the shortest text that parses to the same float64); undefined and NaN become an empty field. A text
 * that a spreadsheet would run gets an apostrophe before it, which spreadsheets hide.
 */
const field = (value: CsvValue): string => {
  if (value === undefined || Number.isNaN(value)) return '';
  const text = typeof value === 'string' && formulaStart.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * Formats a table as CSV: lines end in CRLF; fields with commas, quotes or line breaks are quoted.
 * @throws RangeError if a row and the header differ in their number of fields
 */
export const toCsv = (header: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [header, ...rows]
    .map((row) => {
      if (row.length !== header.length) {
        throw new RangeError(`A CSV row has ${row.length} fields; the header has ${header.length}.`);
      }
      return `${row.map(field).join(',')}\r\n`;
    })
    .join('');
