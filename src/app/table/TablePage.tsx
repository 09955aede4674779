/** Table II of the paper, run on the user's own machine. */

export const TablePage = () => <p className="other-page-loading">Nothing here yet.</p>;
