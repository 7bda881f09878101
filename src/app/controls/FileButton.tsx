/** A button that asks for a file. */
import { useRef } from 'react';
import { ActionButton } from './ActionButton.tsx';

interface FileButtonProps {
  readonly label: string;
  readonly size?: 'small' | 'regular';
  /** File name endings that are offered; any where left out. */
  readonly accept?: string;
  readonly isDisabled?: boolean;
  readonly onChoose: (file: File) => void;
}

export function FileButton({ label, size = 'small', accept, isDisabled, onChoose }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionButton size={size} isDisabled={isDisabled} onClick={() => input.current?.click()}>
        {label}
      </ActionButton>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // So that the same file can be chosen again.
          currentTarget.value = '';
          if (file) onChoose(file);
        }}
      />
    </>
  );
}
