/** The skipped files, with reasons. */
import type { SkippedFile } from '#core/dataset.ts';
import { Hint } from './Hint.tsx';
import { useScrollRegion } from './use-scroll-region.ts';

interface SkippedFileListProps {
  readonly skippedFiles: readonly SkippedFile[];
  readonly label: string;
}

/** A list of thousands does not help, and is slow to draw. */
const mostShown = 200;

export const SkippedFileList = ({ skippedFiles, label }: SkippedFileListProps) => {
  const scroll = useScrollRegion('y');
  if (skippedFiles.length === 0) return null;
  return (
    <details className="set-aside">
      <Hint text="Lists the skipped files, each with its reason." side="top">
        <summary>{label} skipped</summary>
      </Hint>
      <ul aria-label={`${label} skipped`} {...scroll}>
        {skippedFiles.slice(0, mostShown).map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            <b>{path}</b>
            <span className="quiet">{reason}</span>
          </li>
        ))}
        {skippedFiles.length > mostShown && (
          <li className="quiet">and {skippedFiles.length - mostShown} more</li>
        )}
      </ul>
    </details>
  );
};
