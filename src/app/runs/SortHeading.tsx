/** A heading of the table of runs that orders it. */
import { Hint } from '../ui/Hint.tsx';
import { type RunSort, type SortKey, sortAfter } from './sort-runs.ts';

interface SortHeadingProps {
  readonly label: string;
  readonly by: SortKey;
  readonly sort: RunSort;
  readonly figure?: boolean;
  readonly onSort: (sort: RunSort) => void;
}

export const SortHeading = ({ label, by, sort, figure = false, onSort }: SortHeadingProps) => {
  const direction = sort.key === by ? sort.direction : undefined;
  return (
    <th scope="col" className={figure ? 'figure' : undefined} aria-sort={direction}>
      <Hint text="Orders the runs by this column; once more turns the order round." side="top">
        <button type="button" className="runs-sort" onClick={() => onSort(sortAfter(sort, by))}>
          {label}
          <svg viewBox="0 0 8 8" aria-hidden="true" data-direction={direction}>
            <path d="M1 2.5h6L4 6.5z" fill="currentColor" />
          </svg>
        </button>
      </Hint>
    </th>
  );
};
