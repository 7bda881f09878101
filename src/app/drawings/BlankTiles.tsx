/** The prompt as tiles of which some are blanks: framed, hollow, with the model's guess inside and the verdict below. */
import { type KeyboardEvent, useState } from 'react';
import type { Blank, TokenView } from '../../contract/results.ts';
import classes from './BlankTiles.module.css';
import { shadeStep, tileText } from './shade.ts';
import { arrowTarget, useSelectedInView } from './tile-row.ts';

export interface BlankTile {
  readonly token: TokenView;
  readonly isBlank: boolean;
  /** What the model makes of the blank; undefined where it has not answered yet. */
  readonly blank?: Blank;
}

interface BlankTilesProps {
  readonly tiles: readonly BlankTile[];
  /** The boxed blank; −1 where there is none. */
  readonly selected: number;
  readonly tileWidth: number;
  /** A blank comes into view. */
  readonly onShow: (index: number) => void;
  /** A token becomes a blank, or the boxed blank is shown again. */
  readonly onToggle: (index: number) => void;
  /** Name of the row for assistive technology. */
  readonly label: string;
  readonly nameOf: (index: number) => string;
  readonly onScroll: (left: number) => void;
}

export function BlankTiles(props: BlankTilesProps) {
  const { tiles, selected, tileWidth, onShow, onToggle, label, nameOf, onScroll } = props;
  const row = useSelectedInView(selected, tileWidth);
  const [visited, setVisited] = useState<number>();
  const reached = Math.max(0, Math.min(visited ?? selected, tiles.length - 1));

  const move = (event: KeyboardEvent) => {
    const target = arrowTarget(event.key, reached, tiles.length);
    if (target === undefined) return;
    event.preventDefault();
    setVisited(target);
    row.current?.querySelectorAll('button')[target]?.focus();
    if (tiles[target].isBlank) onShow(target);
  };
  const press = (index: number) => {
    setVisited(index);
    if (tiles[index].isBlank && index !== selected) onShow(index);
    else onToggle(index);
  };

  return (
    <div
      ref={row}
      className={classes.row}
      role="toolbar"
      aria-label={label}
      aria-orientation="horizontal"
      onKeyDown={move}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollLeft)}
    >
      {tiles.map((tile, index) => (
        <span key={placeOf(index)} className={classes.column} style={{ width: tileWidth }}>
          <Tile
            tile={tile}
            isSelected={index === selected}
            name={nameOf(index)}
            isReached={index === reached}
            onPress={() => press(index)}
            onReach={() => setVisited(index)}
          />
          <Verdict tile={tile} />
        </span>
      ))}
    </div>
  );
}

interface TileProps {
  readonly tile: BlankTile;
  readonly isSelected: boolean;
  readonly name: string;
  /** The one tile that the tab key reaches. */
  readonly isReached: boolean;
  readonly onPress: () => void;
  readonly onReach: () => void;
}

function Tile({ tile: { token, isBlank, blank }, isSelected, name, isReached, onPress, onReach }: TileProps) {
  const guess = blank?.candidates[0];
  const shown = isBlank ? guess?.token : token;
  return (
    <button
      type="button"
      className={classes.tile}
      data-blank={isBlank || undefined}
      data-shade={isBlank && guess ? shadeStep(guess.probability) : undefined}
      data-kind={shown?.kind}
      data-selected={isSelected || undefined}
      aria-pressed={isBlank}
      aria-label={name}
      tabIndex={isReached ? 0 : -1}
      onClick={onPress}
      onFocus={onReach}
    >
      {shown && tileText(shown)}
    </button>
  );
}

/** A tick where the guess is right, and the truth where it is not; the tile's name says both. */
function Verdict({ tile: { isBlank, blank } }: { readonly tile: BlankTile }) {
  if (!isBlank || !blank?.truth) return <span className={classes.verdict} />;
  const isRight = blank.candidates[0]?.token.id === blank.truth.token.id;
  return (
    <span className={classes.verdict} aria-hidden="true">
      {isRight ? '✓' : <>≠{tileText(blank.truth.token)}</>}
    </span>
  );
}

/** Tiles have no identity but their place. */
function placeOf(index: number): string {
  return `tile ${index}`;
}
