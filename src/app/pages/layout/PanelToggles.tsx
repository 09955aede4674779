/** Hides and shows the panels of the bench. */
import { useStore } from 'zustand';
import { Hint } from '../../ui/Hint.tsx';
import { foldablePanels, foldedPanels, panelLabels, togglePanel } from './bench-panels.ts';
import './layout.css';

/** Each panel's part of the window, as a path in a 14 by 14 square. */
const places = {
  settings: 'M2 2.5h3.2v9H2z',
  gallery: 'M2 8h10v3.5H2z',
  results: 'M8.8 2.5H12v9H8.8z',
} as const;

export const PanelToggles = () => {
  const folded = useStore(foldedPanels);
  const shown = foldablePanels.filter((panel) => folded[panel] !== undefined);
  if (shown.length === 0) return null;
  return (
    <section className="panel-toggles-place" aria-label="Layout">
      <fieldset className="panel-toggles" aria-label="Panels">
        {shown.map((panel) => (
          <Hint key={panel} side="bottom" text={`${folded[panel] ? 'Show' : 'Hide'} ${panelLabels[panel]}`}>
            <button
              type="button"
              aria-label={`${panelLabels[panel]} panel`}
              aria-pressed={!folded[panel]}
              onClick={() => togglePanel(panel)}
            >
              <svg viewBox="0 0 14 14" aria-hidden="true">
                <rect x="1.5" y="2" width="11" height="10" rx="1.5" />
                <path d={places[panel]} />
              </svg>
            </button>
          </Hint>
        ))}
      </fieldset>
    </section>
  );
};
