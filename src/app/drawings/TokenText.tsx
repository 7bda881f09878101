/** A text cut into tokens: each has a shade and an edge of its own; pointing at one, or walking there, selects it. */
import { type KeyboardEvent, memo, type SyntheticEvent } from 'react';
import type { TokenView } from '../../contract/results.ts';
import classes from './TokenText.module.css';
import { arrowTarget } from './tile-row.ts';

interface TokenTextProps {
  readonly tokens: readonly TokenView[];
  /** Name of the text for assistive technology. */
  readonly label: string;
  readonly nameOf: (position: number) => string;
  readonly selected: number | undefined;
  readonly onSelect: (position: number) => void;
  /** True where the tokens leave out the spaces between words. */
  readonly areApart: boolean;
}

export const TokenText = memo(function TokenText(props: TokenTextProps) {
  const { tokens, label, nameOf, selected, onSelect, areApart } = props;
  const select = ({ target }: SyntheticEvent) => {
    const position = target instanceof HTMLElement ? target.dataset.position : undefined;
    if (position !== undefined) onSelect(Number(position));
  };
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const target = arrowTarget(event.key, selected ?? 0, tokens.length);
    if (target === undefined) return;
    event.preventDefault();
    const token = event.currentTarget.children[target];
    if (token instanceof HTMLElement) token.focus();
  };
  return (
    <div
      className={classes.text}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      data-apart={areApart || undefined}
      onKeyDown={walk}
      onFocus={select}
      onMouseOver={select}
      onClick={select}
    >
      {Array.from(tokens.keys(), (position) => (
        <span
          key={position}
          role="option"
          className={classes.token}
          data-position={position}
          data-kind={tokens[position].kind}
          aria-selected={position === selected}
          aria-label={nameOf(position)}
          tabIndex={position === (selected ?? 0) ? 0 : -1}
        >
          {textOf(tokens[position])}
        </span>
      ))}
    </div>
  );
});

/** A line break is seen and breaks the line; a byte that is no character is its two digits. */
function textOf({ text, kind }: TokenView): string {
  if (kind === 'byte') return text.replaceAll(/<(..)>/g, '$1');
  return text.replaceAll('\n', '↵\n').replaceAll('\t', '⇥\t');
}
