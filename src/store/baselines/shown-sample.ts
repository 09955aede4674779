/** The image on the bench, with the model's reconstruction or the mean good image. */
import type { SampleView } from '#core/history.ts';
import type { ViewState } from '../view/state.ts';

/**
 * Creates a selector of the shown sample. The selector returns the same object while nothing changes. The
 * sample has no output while the mean image is being computed.
 */
export const createShownSample = () => {
  let of: SampleView | undefined;
  let bare: SampleView | undefined;
  return ({ view }: { readonly view: ViewState }): SampleView | undefined => {
    const { sample, meanSample, reconstructionSource } = view;
    if (reconstructionSource === 'model') return sample;
    if (meanSample?.index === view.selected) return meanSample;
    if (sample !== of) {
      of = sample;
      bare = sample && { ...sample, output: undefined };
    }
    return bare;
  };
};
