/** Placeholder. */
export const Comparison = () => <p>…</p>;
