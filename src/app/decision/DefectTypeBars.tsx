/** The fraction caught of each defect type, worst first, and the fraction of good images that are false alarms. */

import { controlHints } from '../shared/hints/control-hints.ts';
import { useApp } from '../shared/store-context.ts';
import { formatPercent } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import type { TypeShare } from './type-shares.ts';
import { useGalleryFilter } from './use-gallery-filter.ts';

export const DefectTypeBars = ({ shares }: { readonly shares: readonly TypeShare[] }) => {
  const chosen = useApp((state) => state.decision.filter.defectType);
  const filter = useGalleryFilter();
  return (
    <ul className="type-bars number" aria-label="Flagged as anomalous, by defect type, worst first">
      {shares.map(({ defectType, anomalous, images, called, share }) => {
        const pressed = chosen === defectType;
        return (
          <li key={defectType}>
            <Hint
              text={`Of the ${defectType} images, the fraction that is flagged. Click to show ${pressed ? 'all images' : 'only these'} in the gallery.`}
              equation={controlHints[anomalous ? 'recall' : 'falsePositiveRate'].equation}
              side="top"
            >
              <button
                type="button"
                className="type-bar"
                data-anomalous={anomalous}
                aria-pressed={pressed}
                onClick={() => filter({ defectType: pressed ? undefined : defectType })}
              >
                <span className="type-name">{defectType}</span>
                <span className="type-track" aria-hidden="true">
                  <i style={{ width: `${100 * share}%` }} />
                </span>
                <span className="type-share">
                  {formatPercent(share)}
                  <span className="visually-hidden">{anomalous ? ' caught,' : ' false alarms,'}</span>
                </span>
                <span className="type-count">
                  {called} of {images}
                </span>
              </button>
            </Hint>
          </li>
        );
      })}
    </ul>
  );
};
