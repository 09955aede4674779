/** The icons of the list of runs, drawn in the text's colour. */

export const DeleteIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <path
      d="M2 3.2h8M4.6 3V1.8h2.8V3M3 3.4l.5 7h5l.5-7M5 5.2v3.4M7 5.2v3.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.1"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

export const ChevronIcon = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    <path
      d="M4 2.5L8 6l-4 3.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
