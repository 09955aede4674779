/** Opens a panel or chart large. */
import { Hint } from './Hint.tsx';
import { LineIcon } from './icons.tsx';
import { enlarge } from './stage.ts';
import './enlarge-button.css';

interface EnlargeButtonProps {
  /** Of the panel on the stage. */
  readonly id: string;
  readonly title: string;
}

export const EnlargeButton = ({ id, title }: EnlargeButtonProps) => (
  <Hint text="Opens it large, with the same crosshair and zoom. Esc closes it." side="bottom">
    <button
      type="button"
      className="enlarge-button"
      aria-label={`Enlarge ${title}`}
      data-enlarge={id}
      onClick={() => enlarge(id)}
    >
      <LineIcon path="M7 2h3v3M10 2L6.8 5.2M5 10H2V7M2 10l3.2-3.2" width={1.4} />
    </button>
  </Hint>
);
