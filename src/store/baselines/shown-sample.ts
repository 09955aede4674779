/** The image that the bench shows: with the model's reconstruction, or with the mean good image in its place. */
import type { SampleView } from '#core/history.ts';
import type { ViewState } from '../view/state.ts';

/**
 * Makes a selector of the shown sample; it answers with the same object while nothing of it changes. Where the mean image is
 * chosen and not there yet, the image stands without an output.
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
