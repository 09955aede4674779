/** Downloads or copies the table as text. */
import { useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { aggregateTable } from '#core/table/aggregate.ts';
import type { QueueEntry } from '#core/table/queue-entry.ts';
import { writeTableCsv } from '#core/table/write-csv.ts';
import { writeTableLatex } from '#core/table/write-latex.ts';
import { writeTableMarkdown } from '#core/table/write-markdown.ts';
import { lossLabels } from '../shared/labels.ts';
import { useApp, useAppStore } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';

const formats = [
  { name: 'CSV', file: 'table-2.csv', type: 'text/csv' },
  { name: 'Markdown', file: 'table-2.md', type: 'text/markdown' },
  { name: 'LaTeX', file: 'table-2.tex', type: 'application/x-tex' },
] as const;
type Format = (typeof formats)[number];

const write = ({ name }: Format, entries: readonly QueueEntry[], base: RunConfig): string => {
  const table = aggregateTable(entries);
  if (name === 'CSV') return writeTableCsv(table);
  const names = { lossLabels, base };
  return name === 'Markdown' ? writeTableMarkdown(table, names) : writeTableLatex(table, names);
};

export const ExportTable = () => {
  const store = useAppStore();
  const base = useApp((state) => state.table.base);
  const [copied, setCopied] = useState<string>();
  if (!base) return null;

  const copy = async (format: Format): Promise<void> => {
    try {
      await navigator.clipboard.writeText(write(format, store.getState().table.entries, base));
      setCopied(`Copied as ${format.name}.`);
    } catch {
      setCopied('The browser refused to copy. Download the file instead.');
    }
  };

  return (
    <fieldset className="export-table">
      <legend>Export</legend>
      {formats.map((format) => (
        <span key={format.name} className="export-format">
          <Button
            hint={`Downloads the table as ${format.name}.`}
            hintSide="top"
            onClick={() =>
              downloadFile(format.file, write(format, store.getState().table.entries, base), format.type)
            }
          >
            {format.name}
          </Button>
          <Button
            hint={`Copies the table as ${format.name}.`}
            hintSide="top"
            aria-label={`Copy ${format.name}`}
            onClick={() => void copy(format)}
          >
            Copy
          </Button>
        </span>
      ))}
      <span className="quiet" role="status">
        {copied}
      </span>
    </fieldset>
  );
};
