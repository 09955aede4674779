/** Eq. 9: the anomaly score, and the batch-norm statistics at evaluation. */
import { equations } from '../../shared/equations/equations.ts';
import { Equation, PaperEquation } from '../Equation.tsx';
import { Deviation, Finding, MethodSection } from '../MethodSection.tsx';

export const ScoreExplained = () => (
  <MethodSection id="score">
    <p>
      Whatever the loss, an image is judged in pixels: the more the reconstruction differs from it, the more
      anomalous it is. Scores change at once, without training.
    </p>
    <PaperEquation number={9} />
    <p>
      Image AUROC is the probability that an anomalous test image scores higher than a good one, ties counting
      one half. It is undefined where the test images are of one class.
    </p>
    <Deviation>
      the sum runs over channels too, and may leave out the mean of each channel's residual, the zero
      frequency: the lowest of the bands to which the residual can be limited before it is scored. The preset
      Paper scores as printed.
    </Deviation>
    <h3>Calibrated residual</h3>
    <p>
      A large residual says little where good parts leave large residuals too, at edges and in fine texture.
      The calibrated residual is the squared distance of each pixel's residual r from those of the good
      training images there: from their mean m, in units of their spread K. No label is used.
    </p>
    <Equation name="Calibrated residual" of={equations.calibrated} />
    <p>
      The pooling a mixes the mean and the covariance C of one pixel with those of all pixels. Aligned parts
      gain from a small a; parts that turn or shift have no pixel of their own and gain from 1. Good images
      alone do not tell which, so the page shows three poolings side by side. A hundredth of the pooled
      variance is added, so that K can be inverted whatever the number of images.
    </p>
    <Equation name="Pooling" of={equations.pooling} />
    <p>
      In bands, the residual is first split at the radii S/16, S/8 and S/4, and all bands are calibrated
      together: fine structure out of place then counts apart from large residuals, as in the weighted loss.
    </p>
    <p>It costs one more pass over the good training images, at most 256 of them. No training is repeated.</p>
    <Finding>
      on a PyTorch twin (64 px, width 0.25, WFDL, seed 0), image AUROC by Eq. 9 and by the top 1 % of the
      calibrated residual with pooling 0.1: bottle 0.944 and 0.993, pill 0.678 and 0.877.
    </Finding>
    <h3>Batch norm</h3>
    <p>
      Batch norm keeps running averages of its statistics for use after training. With batches of 64 an epoch
      is a few steps, and the averages lag far behind the weights. So the statistics are recomputed over the
      training images before each evaluation and export (precise BN, Wu and Johnson, arXiv 2105.07576); the
      running averages remain a choice, and every result says which it used.
    </p>
    <Finding>
      on a PyTorch twin (bottle, 64 px, L2, 200 epochs, batch 64): AUROC 0.852 and training error 0.00326 with
      running averages, 0.942 and 0.00047 with recomputed statistics.
    </Finding>
  </MethodSection>
);
