/** A choice among a few: segments side by side, the chosen one marked by a bar below. */
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Segmented.module.css';

interface Segment {
  readonly value: string;
  readonly label: ReactNode;
  readonly isDisabled?: boolean;
}

interface SegmentedProps {
  readonly label: string;
  readonly segments: readonly Segment[];
  /** Empty where none is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: 'header' | 'card' | 'preset';
  /** Colour of the chosen segment where it stands for a model; ink otherwise. */
  readonly tone?: 'causal' | 'masked';
}

export function Segmented({ label, segments, value, onChange, kind = 'card', tone }: SegmentedProps) {
  const data = segments.map((segment) => ({
    value: segment.value,
    label: segment.label,
    disabled: segment.isDisabled,
  }));
  return (
    <SegmentedControl
      aria-label={label}
      classNames={classes}
      data={data}
      value={value}
      onChange={onChange}
      fullWidth={kind !== 'header'}
      withItemsBorders={false}
      transitionDuration={0}
      mod={{ kind, tone }}
    />
  );
}
