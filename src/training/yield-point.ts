/** Long work in pieces, between which the thread does what else it is asked for. */
import { cancelled } from '#core/errors.ts';
import { yieldToMessages } from './yield-to-messages.ts';

/** Who asked for the work, as the work sees them. */
export interface InTurns {
  /** Asked after each piece with the share that is done; where it says no, the work ends without a result. */
  readonly mayGoOn: (share: number) => boolean;
  /** Told of the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Work that nobody waits for with a clock in hand, and that nothing ends. */
export const untold: InTurns = { mayGoOn: () => true, onProgress: () => undefined };

/** The same turns, of work whose progress is told otherwise. */
export const unnoted = ({ mayGoOn }: InTurns): InTurns => ({ mayGoOn, onProgress: () => undefined });

/** The turns of a part of the work, which begins at a share of the whole and is as much of it. */
export const partOf = ({ mayGoOn, onProgress }: InTurns, from: number, size: number): InTurns => ({
  mayGoOn: (share) => mayGoOn(from + size * share),
  onProgress: (share) => onProgress(from + size * share),
});

/**
 * After a piece: tells the share and lets waiting messages through.
 * @throws ResiduaError `cancelled` where the work may not go on
 */
export const takeTurn = async ({ mayGoOn, onProgress }: InTurns, share: number): Promise<void> => {
  onProgress(share);
  await yieldToMessages();
  if (!mayGoOn(share)) throw cancelled();
};
