/** A message with bold values, phrases that hold together, and line breaks. */
import { Fragment, type ReactNode } from 'react';
import classes from './Rich.module.css';

interface RichProps {
  /** Text with <b>, <phrase> and <br/>; anything else in angle brackets is text. */
  readonly text: string;
}

const element = /<(b|phrase)>(.*?)<\/\1>|<br\/>/gs;

export function Rich({ text }: RichProps) {
  return <>{parse(text)}</>;
}

function parse(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(element)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    parts.push(<Fragment key={match.index}>{toElement(match[1], match[2])}</Fragment>);
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function toElement(name: string | undefined, inner: string): ReactNode {
  if (name === 'b') return <b>{inner}</b>;
  if (name === 'phrase') return <span className={classes.phrase}>{parse(inner)}</span>;
  return <br />;
}
