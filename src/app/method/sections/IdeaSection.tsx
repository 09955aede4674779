/** The paper's proposal in brief. */
import { MethodSection } from '../MethodSection.tsx';

export const IdeaSection = () => (
  <MethodSection id="idea">
    <p className="method-lead">
      An autoencoder that has only seen good parts reconstructs a defective one as if it were good. The
      residual shows the defect. But if the reconstruction is blurred, the residual also shows every edge and
      every texture.
    </p>
    <p>
      <cite>Anomaly Detection By Autoencoder Based On Weighted Frequency Domain Loss</cite> (Nakanishi, Sato,
      Terada) trains the same autoencoder with a loss on spectra instead of pixels. It gives high frequencies
      more weight: edges and textures become sharp, and only the defect remains. Each equation of the paper is
      shown below, beside the controls that it governs. These are the bench’s controls: a change here is a
      change there.
    </p>
  </MethodSection>
);
