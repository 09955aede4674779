/** The radial curve as a cell of the race's picture, as large as a panel. */
import { ChartBody } from '../../plot/ChartBody.tsx';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
import { raceHints } from '../race-hints.ts';
import { RadialChart } from './RadialChart.tsx';
import { useRadial } from './use-radial.ts';

export const RadialCell = ({ contestants }: { readonly contestants: readonly NamedContestant[] }) => {
  const radial = useRadial(contestants);
  return (
    <div className="race-radial" data-testid="race-radial">
      <p className="race-radial-head">
        <HintAt {...raceHints.radial} state={useHint()} side="top">
          <b>By radius</b>
        </HintAt>
      </p>
      <div className="race-radial-chart">
        <ChartBody
          label={`Power of the residual over that of the image by radius: ${contestants.map(({ name }) => name).join(', ')}`}
          empty={radial.isEmpty ? 'After the first evaluation' : undefined}
        >
          <RadialChart {...radial} />
        </ChartBody>
      </div>
    </div>
  );
};
