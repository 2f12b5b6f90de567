import type { ReactNode } from 'react';

/** A line icon of 24 units, as big as the text beside it, hidden from screen readers: the text says what it means. */
const icon = (shape: ReactNode) => (
  <svg
    viewBox="0 0 24 24"
    width="1.15em"
    height="1.15em"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {shape}
  </svg>
);

export const BellIcon = () =>
  icon(<path d="M12 3a6 6 0 0 0-6 6v5l-2 3h16l-2-3V9a6 6 0 0 0-6-6zM9.5 20a2.6 2.6 0 0 0 5 0" />);
export const SunIcon = () =>
  icon(
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
    </>,
  );
export const MoonIcon = () => icon(<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z" />);
export const GlobeIcon = () =>
  icon(
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18" />
    </>,
  );
export const FilterIcon = () => icon(<path d="M3.5 5h17l-6.5 8v6l-4-2v-4z" />);
export const ArrowUpIcon = () => icon(<path d="M12 19V5M6 11l6-6 6 6" />);
export const EyeIcon = () =>
  icon(
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="2.8" />
    </>,
  );
export const EyeOffIcon = () =>
  icon(
    <path d="M4 4l16 16M9.9 6c.7-.3 1.400-.5 2.100-.5 6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-3 3.700M6.300 7.800A15.500 15.500 0 0 0 2.500 12S6 18.500 12 18.500c1.600 0 3-.4 4.200-1.100" />,
  );
export const WarnIcon = () => icon(<path d="M12 4L2.500 20h19zM12 10v4.500M12 17.200v.1" />);
export const FileIcon = () => icon(<path d="M6 3h8l4 4v14H6zM14 3v4h4M12 17v-6M9.500 13.500L12 11l2.500 2.500" />);
export const UserIcon = () =>
  icon(
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4 20.500c1-4 4-6 8-6s7 2 8 6" />
    </>,
  );
export const KeyboardIcon = () =>
  icon(<path d="M3 6.500h18v11H3zM6.500 10h.1M10 10h.1M13.500 10h.1M17 10h.1M7.500 14h9" />);
