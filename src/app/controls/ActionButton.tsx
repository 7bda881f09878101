/** A button in the design's sizes: ink-filled for the one main action, framed for the rest. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ActionButton.module.css';

interface ActionButtonProps {
  readonly kind?: 'primary' | 'plain';
  /** 28, 32 or 44 px. */
  readonly size?: 'small' | 'regular' | 'large';
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function ActionButton({
  kind = 'plain',
  size = 'regular',
  icon,
  isDisabled,
  onClick,
  children,
}: ActionButtonProps) {
  return (
    <Button
      classNames={classes}
      variant={kind === 'primary' ? 'filled' : 'default'}
      mod={{ kind, size }}
      leftSection={icon}
      disabled={isDisabled}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
