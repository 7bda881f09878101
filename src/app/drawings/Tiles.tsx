/** The prompt as tiles, each shaded by the chance given to the token that stands there; one is boxed. */
import { type KeyboardEvent, memo } from 'react';
import type { TokenView } from '../../contract/results.ts';
import { shadeStep, tileText } from './shade.ts';
import classes from './Tiles.module.css';
import { arrowTarget, useSelectedInView } from './tile-row.ts';

interface TilesProps {
  readonly tokens: readonly TokenView[];
  /** Chance given to each token; null for the first. */
  readonly given: readonly (number | null)[];
  /** The boxed position; one past the last stands for what comes next. */
  readonly selected: number;
  readonly tileWidth: number;
  readonly onSelect: (position: number) => void;
  /** Name of the row for assistive technology. */
  readonly label: string;
  /** Name of a tile: its text and chance. */
  readonly nameOf: (position: number) => string;
  readonly onScroll: (left: number) => void;
}

export const Tiles = memo(function Tiles(props: TilesProps) {
  const { tokens, given, selected, tileWidth, onSelect, label, nameOf, onScroll } = props;
  const row = useSelectedInView(selected, tileWidth);
  const count = tokens.length + 1;

  const move = (event: KeyboardEvent) => {
    const target = arrowTarget(event.key, selected, count);
    if (target === undefined) return;
    event.preventDefault();
    onSelect(target);
    const tile = row.current?.children[target];
    if (tile instanceof HTMLElement) tile.focus();
  };

  return (
    <div
      ref={row}
      className={classes.row}
      role="listbox"
      aria-label={label}
      aria-orientation="horizontal"
      tabIndex={-1}
      onKeyDown={move}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollLeft)}
    >
      {Array.from({ length: count }, (_, position) => position).map((position) => {
        const token = tokens[position];
        const chance = given[position];
        return (
          <button
            key={position}
            type="button"
            role="option"
            className={classes.tile}
            style={{ width: tileWidth }}
            data-shade={token && typeof chance === 'number' ? shadeStep(chance) : undefined}
            data-kind={token?.kind ?? 'next'}
            aria-selected={position === selected}
            aria-label={nameOf(position)}
            tabIndex={position === selected ? 0 : -1}
            onClick={() => onSelect(position)}
          >
            {token ? tileText(token) : '?'}
          </button>
        );
      })}
    </div>
  );
});
