/** The page's few icons, drawn in the text's color. */

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

interface LineIconProps {
  /** Path data in a 12 by 12 square. */
  readonly path: string;
  readonly width: number;
  readonly className?: string;
}

/** An icon of lines with round ends. */
export const LineIcon = ({ path, width, className }: LineIconProps) => (
  <svg viewBox="0 0 12 12" aria-hidden="true" className={className}>
    <path
      d={path}
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

export const CloseIcon = () => <LineIcon path="M2 2l8 8M10 2l-8 8" width={1.6} />;

export const ChevronIcon = () => <LineIcon path="M4 2.5L8 6l-4 3.5" width={1.5} />;

export const DeleteIcon = () => (
  <LineIcon path="M2 3.2h8M4.6 3V1.8h2.8V3M3 3.4l.5 7h5l.5-7M5 5.2v3.4M7 5.2v3.4" width={1.1} />
);

export const LockIcon = () => (
  <LineIcon path="M3 5.2h6v5.3H3zM4.2 5.2V3.6a1.8 1.8 0 013.6 0v1.6" width={1.2} className="icon-inline" />
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
