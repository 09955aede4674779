/** The mark of an image that the threshold gets wrong: an empty ring for a miss, a triangle for a false alarm. */
import type { Outcome } from '#store/decision/outcome.ts';

export const OutcomeMark = ({ outcome }: { readonly outcome: Outcome }) => {
  if (outcome === 'hit' || outcome === 'pass') return null;
  return (
    <svg className="outcome-mark" data-outcome={outcome} viewBox="0 0 12 12" aria-hidden="true">
      {outcome === 'miss' ? (
        <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      ) : (
        <path d="M6 1.8L11 10.4H1z" fill="currentColor" />
      )}
    </svg>
  );
};
