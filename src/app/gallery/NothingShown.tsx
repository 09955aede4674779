/** What stands in the gallery where the filter leaves nothing, and the way back to all. */
import { type GalleryFilter, noFilter } from '#store/decision/state.ts';
import { nothingIn } from '../shared/outcome-words.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';

export const NothingShown = ({ defectType, outcome }: GalleryFilter) => {
  const { decision } = useActions();
  const what = outcome ? nothingIn[outcome] : 'no images';
  return (
    <p className="gallery-empty quiet" role="status">
      <span>
        There are {what}
        {defectType !== undefined && (
          <>
            {' '}
            of type <b>{defectType}</b>
          </>
        )}
        {outcome && ' at this threshold'}.
      </span>
      <Button
        hint="Takes the filters by outcome and defect type off."
        onClick={() => decision.setFilter(noFilter)}
      >
        Show all
      </Button>
    </p>
  );
};
