/** A message with things drawn in its midst: '{name}' in the text stands for the thing of that name. */
import { Fragment, type ReactNode } from 'react';

interface WovenProps {
  readonly text: string;
  readonly things: Readonly<Record<string, ReactNode>>;
}

export function Woven({ text, things }: WovenProps) {
  return text.split(/(\{\w+\})/).map((part, index) => {
    const key = `${index} ${part}`;
    return <Fragment key={key}>{things[part.slice(1, -1)] ?? part}</Fragment>;
  });
}
