/** Scores that need no network. */
import { MethodSection } from '../MethodSection.tsx';

export const BaselinesSection = () => (
  <MethodSection id="baselines">
    <p>
      A network should beat scores that need no network. They are computed when images are loaded, in one pass
      and without training:
    </p>
    <ul className="method-list">
      <li>
        <b>Image statistics</b>: mean brightness, contrast, gradient energy, and the energy at radii above a
        quarter of the side. They do not depend on defects. If a statistic separates a test set, its classes
        differ in more than defects.
      </li>
      <li>
        <b>Mean image</b>: the score of the image minus the mean of the good training images, instead of the
        residual.
      </li>
      <li>
        <b>Variation model</b>: the same difference, calibrated like a residual. This is a classic method of
        machine vision for aligned parts.
      </li>
    </ul>
    <p>
      On aligned parts, the variation model finds most of the defects that a calibrated residual finds. So
      compare every AUROC of a run with it.
    </p>
  </MethodSection>
);
