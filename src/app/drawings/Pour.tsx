/** What pours from the boxed tile into the candidates: ribbons where there is room, an elbow line where there is none. */
import type { Candidate } from '../../contract/results.ts';
import { candidateRowHeight } from './Candidates.tsx';
import classes from './Pour.module.css';
import { ribbons } from './ribbons.ts';

/** From the tile's lower edge to the first candidate: bracket and captions. */
const bracketHeight = 46;

interface RibbonsProps {
  readonly candidates: readonly Candidate[];
  readonly truth?: number;
  readonly middle: number;
  readonly tileWidth: number;
  readonly width: number;
}

/** Drawn from the tile's lower edge, across the captions, to the boxes in the right half. */
export function Ribbons({ candidates, truth, middle, tileWidth, width }: RibbonsProps) {
  const rowY = candidates.map((_, row) => bracketHeight + candidateRowHeight * (row + 0.5));
  const probabilities = candidates.map((each) => each.probability);
  const drawn = ribbons(probabilities, { fromX: middle, tileWidth, toX: width / 2, rowY });
  return (
    <svg className={classes.ribbons} width={width} height={bracketHeight + candidateRowHeight * 7} aria-hidden="true">
      {drawn.map(({ path, width: thickness }, place) => (
        <path
          key={rowY[place]}
          d={path}
          strokeWidth={thickness}
          className={candidates[place].token.id === truth ? classes.trueRibbon : classes.ribbon}
        />
      ))}
    </svg>
  );
}

export function Elbow({ middle }: { readonly middle: number }) {
  const path = `M${middle},0 V${bracketHeight - 8} H14 V${bracketHeight + 2}`;
  return (
    <svg className={classes.ribbons} width="100%" height={bracketHeight + 4} aria-hidden="true">
      <path d={path} strokeWidth={2} className={classes.trueRibbon} />
    </svg>
  );
}
