/** What charts draw with: curves at rest, and the mark of a model that fills blanks, a hollow square. */
import { Curve, type CurveProps } from 'recharts';

/** A curve that never moves: recharts need not measure its length at every drawing. */
export function stillCurve(props: CurveProps) {
  return <Curve {...props} pathRef={undefined} />;
}

interface Place {
  readonly cx?: number;
  readonly cy?: number;
}

export function hollowSquare({ cx = 0, cy = 0 }: Place, side: number, colour = 'var(--model)') {
  const half = side / 2;
  return (
    <path
      key={`${cx} ${cy}`}
      d={`M${cx - half},${cy - half}h${side}v${side}h${-side}z`}
      fill="var(--page)"
      stroke={colour}
      strokeWidth={1.5}
    />
  );
}
