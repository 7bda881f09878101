/** The prompt as tiles, each shaded by the chance given to the token that stands there; one is boxed. */
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { TokenView } from '../../contract/messages.ts';
import { shadeStep, tileText } from './shade.ts';
import classes from './Tiles.module.css';

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
  const row = useRef<HTMLDivElement>(null);
  const count = tokens.length + 1;

  useEffect(() => {
    const box = row.current;
    if (!box) return;
    const left = selected * tileWidth;
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (left + tileWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = left + tileWidth - box.clientWidth;
  }, [selected, tileWidth]);

  const move = (event: KeyboardEvent) => {
    const target = targetOf(event.key, selected, count);
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

function targetOf(key: string, selected: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: selected - 1,
    ArrowRight: selected + 1,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}
