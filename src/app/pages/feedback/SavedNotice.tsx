/** Confirms for a moment that files were saved, with their names. */
import { useEffect, useState } from 'react';
import { savedFiles } from '../../ui/download.ts';
import './feedback.css';

const shownMs = 6000;

const textOf = ([first, ...others]: readonly string[]): string =>
  others.length === 0
    ? `Saved ${first}`
    : `Saved ${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'}`;

export const SavedNotice = () => {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => savedFiles.subscribe((saved) => setNames(saved.names)), []);
  useEffect(() => {
    if (names.length === 0) return;
    const timer = setTimeout(() => setNames([]), shownMs);
    return () => clearTimeout(timer);
  }, [names]);
  return (
    <div className="done-notice-place saved-notice-place" role="status">
      {names.length > 0 && (
        <p className="done-notice" data-testid="saved-notice">
          {textOf(names)}
        </p>
      )}
    </div>
  );
};
