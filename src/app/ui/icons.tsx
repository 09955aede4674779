/** The page's few icons, drawn in the text's colour. */

export const PlayIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2.5 1.2v9.6L10.5 6z" />
  </svg>
);

export const PauseIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2 1.5h3v9H2zM7 1.5h3v9H7z" />
  </svg>
);

export const CloseIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
  </svg>
);

export const ChevronIcon = () => (
  <svg viewBox="0 0 10 10" aria-hidden="true">
    <path d="M2 3.5l3 3 3-3" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
  </svg>
);

export const LockIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true" className="icon-inline">
    <path
      d="M3 5.2h6v5.3H3zM4.2 5.2V3.6a1.8 1.8 0 013.6 0v1.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeLinejoin="round"
    />
  </svg>
);

export const Logo = () => (
  <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
    <path
      d="M1 11h4l2-7 3 14 3-11 2 6 1-2h5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  </svg>
);

export const MoreIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <circle cx="2" cy="6" r="1.1" />
    <circle cx="6" cy="6" r="1.1" />
    <circle cx="10" cy="6" r="1.1" />
  </svg>
);
