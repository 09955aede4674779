/** The bench where the window has no room for panels: all of it below each other, images first. */
import { Bench } from '../../bench/Bench.tsx';
import { Gallery } from '../../gallery/Gallery.tsx';
import { Settings } from '../../settings/Settings.tsx';
import { Charts } from './ResultsColumn.tsx';
import './layout.css';

export const NarrowLayout = () => (
  <div className="stack">
    <Settings />
    <main className="centre">
      <Bench />
      <Gallery />
    </main>
    <Charts />
  </div>
);
