/** What a test set gives away without any training. */
import { MethodSection } from '../MethodSection.tsx';

export const BaselinesSection = () => (
  <MethodSection id="baselines">
    <p>
      A network has to beat scores that need none. They are computed as soon as images are loaded, in one pass
      over them and without training:
    </p>
    <ul className="method-list">
      <li>
        <b>Image statistics</b>: mean brightness, contrast, gradient energy, and the energy at radii above a
        quarter of the side. They do not look for defects. A statistic that separates a test set shows that
        the set differs in more than its defects.
      </li>
      <li>
        <b>Mean image</b>: the score of the image minus the mean of the good training images, in place of its
        residual.
      </li>
      <li>
        <b>Variation model</b>: the same difference, calibrated like a residual. Machine vision has long
        inspected aligned parts in this way.
      </li>
    </ul>
    <p>
      On aligned parts most of what a calibrated residual finds, the variation model finds too. So read every
      AUROC of a run beside it.
    </p>
  </MethodSection>
);
