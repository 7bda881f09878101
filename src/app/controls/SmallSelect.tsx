/** A small choice from a list. */
import { NativeSelect } from '@mantine/core';
import { ChevronIcon } from '../icons.tsx';
import inputs from './inputs.module.css';

interface SmallSelectProps<Value extends string> {
  /** For those who hear the page. */
  readonly label: string;
  readonly explanationId?: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function SmallSelect<Value extends string>(props: SmallSelectProps<Value>) {
  const { label, explanationId, options, value, onChange } = props;
  return (
    <NativeSelect
      classNames={{ input: inputs.small, section: inputs.smallSection }}
      rightSection={<ChevronIcon />}
      aria-label={label}
      aria-describedby={explanationId}
      data={[...options]}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find((option) => option.value === currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
