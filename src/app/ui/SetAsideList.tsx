/** The files that were not taken, and why. */
import type { SetAside } from '#core/dataset.ts';
import { Hint } from './Hint.tsx';
import { useScrollRegion } from './use-scroll-region.ts';

interface SetAsideListProps {
  readonly setAside: readonly SetAside[];
  readonly label: string;
}

/** A list of thousands helps nobody, and is slow to draw. */
const mostShown = 200;

export const SetAsideList = ({ setAside, label }: SetAsideListProps) => {
  const scroll = useScrollRegion('y');
  if (setAside.length === 0) return null;
  return (
    <details className="set-aside">
      <Hint text="The files that were not taken, each with the reason." side="top">
        <summary>{label} set aside</summary>
      </Hint>
      <ul aria-label={`${label} set aside`} {...scroll}>
        {setAside.slice(0, mostShown).map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            <b>{path}</b>
            <span className="quiet">{reason}</span>
          </li>
        ))}
        {setAside.length > mostShown && <li className="quiet">and {setAside.length - mostShown} more</li>}
      </ul>
    </details>
  );
};
