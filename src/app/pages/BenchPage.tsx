/** Settings, image bench with gallery, charts. */
import { Bench } from '../bench/Bench.tsx';
import { Charts } from '../charts/Charts.tsx';
import { Gallery } from '../gallery/Gallery.tsx';
import { Settings } from '../settings/Settings.tsx';

export const BenchPage = () => (
  <div className="columns">
    <Settings />
    <main className="centre">
      <Bench />
      <Gallery />
    </main>
    <Charts />
  </div>
);
