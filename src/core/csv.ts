/** CSV as RFC 4180 writes it, with a header line. */

/** What a field may hold. */
export type CsvValue = string | number | boolean | undefined;

/** Numbers keep all their digits (shortest text that reads back as the same float64); undefined is an empty field. */
const field = (value: CsvValue): string => {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * A table as CSV text: lines end in CRLF, fields with commas, quotes or line breaks are quoted.
 * @throws RangeError if a row has another number of fields than the header
 */
export const toCsv = (header: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [header, ...rows]
    .map((row) => {
      if (row.length !== header.length) {
        throw new RangeError(`A CSV row has ${row.length} fields, the header ${header.length}.`);
      }
      return `${row.map(field).join(',')}\r\n`;
    })
    .join('');
