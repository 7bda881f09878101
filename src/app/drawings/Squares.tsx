/** The vocabulary as squares, filled while still in play; above a hundred tokens, one bar with the same share filled. */
import { memo } from 'react';
import classes from './Squares.module.css';

interface SquaresProps {
  /** Equally likely tokens that would leave the model as unsure. */
  readonly choices: number;
  readonly vocabulary: number;
}

const mostSquares = 100;

export const Squares = memo(function Squares({ choices, vocabulary }: SquaresProps) {
  if (vocabulary > mostSquares) {
    return (
      <div className={classes.bar} aria-hidden="true">
        <div className={classes.filled} style={{ width: `${(100 * choices) / vocabulary}%` }} />
      </div>
    );
  }
  const filled = Math.round(choices);
  return (
    <div className={classes.squares} style={{ '--count': vocabulary } as React.CSSProperties} aria-hidden="true">
      {Array.from({ length: vocabulary }, (_, place) => place).map((place) => (
        <span key={place} className={place < filled ? classes.on : classes.off} />
      ))}
    </div>
  );
});
