/** Opens the user's file in the explorer. */
import { explorer } from './explorer-state.ts';
import { type Fit, openImage } from './open-image.ts';

/** Shows a file's image; where it cannot be opened, says why and leaves what was there. Never rejects. */
export const takeFile = async (file: File, fit: Fit = explorer.getState().fit): Promise<void> => {
  try {
    const opened = await openImage(file, fit);
    explorer.setState({ file, fit, opened, source: 'file', problem: undefined });
  } catch (thrown) {
    explorer.setState({ problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};
