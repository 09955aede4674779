/** The race in place of the bench: its picture, or the bench of the first contestant. */
import type { ReactNode } from 'react';
import { type NamedContestant, useContestants } from '../shared/race/use-contestants.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { ExportRace } from './export/ExportRace.tsx';
import { RaceReadOut } from './picture/RaceReadOut.tsx';
import { RaceRows } from './picture/RaceRows.tsx';
import { raceHints } from './race-hints.ts';
import { type RaceShown, useRaceShown } from './race-view.ts';
import { useStandings } from './standings/use-standings.ts';
import { useVerdictText } from './standings/use-verdict.ts';
import { Verdict } from './standings/Verdict.tsx';
import './race.css';

interface RaceProps {
  /** The bench of the present run. */
  readonly bench: ReactNode;
  /** The slider through the epochs. */
  readonly scrubber: ReactNode;
  /** The zoom and its reset. */
  readonly zoom: ReactNode;
}

const RaceSwitch = ({ contestants }: { readonly contestants: readonly NamedContestant[] }) => {
  const { shown, show } = useRaceShown();
  const options: readonly { value: RaceShown; label: string; hint: { text: string } }[] = [
    { value: 'image', label: 'Race', hint: raceHints.image },
    { value: 'single', label: `Only ${contestants[0]?.name ?? 'the first'}`, hint: raceHints.single },
  ];
  return <Segmented compact label="Bench shows" value={shown} options={options} onChange={show} />;
};

const Picture = ({
  contestants,
  scrubber,
  zoom,
}: Omit<RaceProps, 'bench'> & {
  readonly contestants: readonly NamedContestant[];
}) => (
  <>
    <section className="race-area" aria-label="Contestants" {...useScrollRegion('y')}>
      <RaceRows contestants={contestants} />
    </section>
    <div className="race-foot">
      {scrubber}
      {zoom}
    </div>
    <RaceReadOut contestants={contestants} />
  </>
);

const Race = ({ bench, scrubber, zoom }: RaceProps) => {
  const { shown } = useRaceShown();
  const contestants = useContestants();
  const standings = useStandings(contestants);
  const sentences = useVerdictText(standings);
  const { view } = useActions();
  return (
    <section className="race" aria-label="Race bench">
      <div className="race-head">
        <RaceSwitch contestants={contestants} />
        <Button tone="bare" hint={raceHints.maps} onClick={() => view.set({ page: 'spectrum' })}>
          Spectral maps
        </Button>
        {shown === 'image' && <ExportRace contestants={contestants} sentences={sentences} />}
      </div>
      <Verdict contestants={contestants} standings={standings} />
      {shown === 'single' ? (
        <div className="race-bench">{bench}</div>
      ) : (
        <Picture {...{ contestants, scrubber, zoom }} />
      )}
    </section>
  );
};

export default Race;
