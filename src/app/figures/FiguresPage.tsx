/** Fig. 1, 2, 4 and 5 of the paper, on any image. */

export const FiguresPage = () => <p className="other-page-loading">Nothing here yet.</p>;
