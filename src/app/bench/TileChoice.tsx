/** The tile that the bench shows, of an image that is cut into tiles, with the score of each. */
import type { SampleView } from '#core/history.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { formatFigure } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { Select } from '../ui/Select.tsx';

const TileChoice = ({ sample: { tile, output } }: { readonly sample: SampleView }) => {
  const chosen = useApp((state) => state.view.tile);
  const { view } = useActions();
  if (!tile) return null;
  const scoreOf = (place: number): string => {
    const score = output?.stitched?.scores[place];
    return score === undefined ? '' : `, score ${formatFigure(score, 4)}`;
  };
  const largest = {
    value: -1,
    label: output?.stitched ? `Largest: ${tile.index + 1} of ${tile.count}` : `Tile 1 of ${tile.count}`,
  };
  const each = Array.from({ length: tile.count }, (_, place) => ({
    value: place,
    label: `Tile ${place + 1} of ${tile.count}${scoreOf(place)}`,
  }));
  // While a tile is chosen, the shown one need not have the largest score.
  const following = chosen === undefined ? largest : { value: -1, label: 'Largest score' };
  return (
    <Hint {...controlHints.tile} side="bottom">
      <Select
        className="tile-choice"
        aria-label="Tile"
        value={chosen ?? -1}
        options={[following, ...each]}
        onChange={(place) => void view.selectTile(place < 0 ? undefined : place)}
      />
    </Hint>
  );
};

export default TileChoice;
