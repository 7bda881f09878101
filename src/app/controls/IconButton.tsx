/** A large square button that shows an icon only; its name is for those who hear the page. */
import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';

interface IconButtonProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function IconButton({ label, isDisabled, onClick, children }: IconButtonProps) {
  return (
    <ActionIcon size="xl" variant="default" aria-label={label} disabled={isDisabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
