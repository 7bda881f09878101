/** Icons: 16 px, strokes of 1.5 px, drawn for this page. All are decoration; words stand beside them. */
import type { ReactNode } from 'react';

interface IconProps {
  readonly children: ReactNode;
}

function Icon({ children }: IconProps) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon>
    <path d="M5 3.2v9.6l7.8-4.8z" fill="currentColor" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <path d="M5.2 3.2v9.6M10.8 3.2v9.6" strokeWidth="2.6" />
  </Icon>
);
export const StepIcon = () => (
  <Icon>
    <path d="M4 3.4v9.2L10 8z" />
    <path d="M12.6 3.4v9.2" />
  </Icon>
);
export const ResetIcon = () => (
  <Icon>
    <path d="M3.2 8.2a4.8 4.8 0 1 0 1.4-3.6" />
    <path d="M3.2 2.4v3h3" />
  </Icon>
);
export const ChipIcon = () => (
  <Icon>
    <path d="M4 4h8v8H4z" />
    <path d="M6 1.5v2M10 1.5v2M6 12.5v2M10 12.5v2M1.5 6h2M1.5 10h2M12.5 6h2M12.5 10h2" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.2l6.5 11.3h-13z" />
    <path d="M8 6.4v3.3M8 11.6v.01" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M13 9.8A5.6 5.6 0 0 1 6.2 3a5.6 5.6 0 1 0 6.8 6.8z" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="M4 6l4 4 4-4" />
  </Icon>
);
export const PasteIcon = () => (
  <Icon>
    <path d="M8 2v8M5 7.2l3 3 3-3" />
    <path d="M2.5 10.5v3h11v-3" />
  </Icon>
);
export const DiceIcon = () => (
  <Icon>
    <path d="M2.5 2.5h11v11h-11z" />
    <path d="M5.6 5.6v.01M10.4 10.4v.01M10.4 5.6v.01M5.6 10.4v.01" strokeWidth="2.2" />
  </Icon>
);
export const SettingsIcon = () => (
  <Icon>
    <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
    <circle cx="10" cy="4.5" r="2" />
    <circle cx="6" cy="11.5" r="2" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Icon>
);
export const ShareIcon = () => (
  <Icon>
    <path d="M8 10V1.8M5 4.6l3-3 3 3" />
    <path d="M3 8v5.5h10V8" />
  </Icon>
);
export const PresentIcon = () => (
  <Icon>
    <path d="M1.5 2.5h13M2.5 2.5V10h11V2.5M8 10v1.8M5 14.2l3-2.4 3 2.4" />
  </Icon>
);
export const MenuIcon = () => (
  <Icon>
    <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />
  </Icon>
);

/** Tile, tile, arrow: predicts what comes next. */
export const CausalIcon = () => (
  <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
    <path d="M0 3h7v8H0zM9 3h7v8H9z" fill="var(--causal)" />
    <path
      d="M19 7h6m-2.5-3l3 3-3 3"
      fill="none"
      stroke="var(--causal)"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** Tile, hollow tile, tile: fills in what is hidden. */
export const MaskedIcon = () => (
  <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
    <path d="M0 3h7v8H0zM18 3h7v8h-7z" fill="var(--masked)" />
    <path d="M9.8 3.8h5.4v6.4H9.8z" fill="none" stroke="var(--masked)" strokeWidth="1.6" />
  </svg>
);

/** The marks of both side by side: a filled circle, a hollow square. */
export const CompareIcon = () => (
  <svg width="22" height="14" viewBox="0 0 22 14" aria-hidden="true">
    <circle cx="5" cy="7" r="4.5" fill="var(--causal)" />
    <path d="M12.8 3.2h7.6v7.6h-7.6z" fill="none" stroke="var(--masked)" strokeWidth="1.8" />
  </svg>
);

/** A line of text with cuts in it. */
export const TokensIcon = () => (
  <Icon>
    <path d="M2 5h12v6H2zM6 3.5v9M10.5 3.5v9" />
  </Icon>
);

/** Curves of several runs. */
export const RunsIcon = () => (
  <Icon>
    <path d="M2 3c2 6 5 8 12 8.5M2 6.5c2.4 4 5.5 6 12 6.5" />
  </Icon>
);

/** Bars of different length: what takes how long. */
export const SpeedIcon = () => (
  <Icon>
    <path d="M2 2.5v11M2 4.5h11M2 8h6.5M2 11.5h3" />
  </Icon>
);

/** Rows of a table: what goes in, and what should come out. */
export const TableIcon = () => (
  <Icon>
    <path d="M2 3h12v10H2zM2 6.5h12M6 3v10" />
  </Icon>
);

/** The mark of the page: two tiles that are known, one to fill, and the line below. */
export const Wordmark = () => (
  <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
    <path d="M0 8h7.4v10H0zM9.2 8h7.4v10H9.2z" fill="var(--ink)" />
    <path d="M19.2 8.8h6v8.4h-6zM0 22.5h26" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
  </svg>
);
