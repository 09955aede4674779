/** The method: each equation beside the controls that it governs. */

export const MethodPage = () => <p className="other-page-loading">Nothing here yet.</p>;
