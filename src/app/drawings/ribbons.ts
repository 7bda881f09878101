/** Geometry of the ribbons that pour from the boxed tile into the candidates. */

interface Ribbon {
  readonly path: string;
  readonly width: number;
}

interface RibbonFrame {
  /** Middle of the boxed tile, at the top edge. */
  readonly fromX: number;
  readonly tileWidth: number;
  /** Left edge of the candidates' boxes. */
  readonly toX: number;
  /** Middle of each candidate's row. */
  readonly rowY: readonly number[];
}

/** All ribbons together are at most this wide. */
const widest = 26;
const thinnest = 0.75;

/** One ribbon per probability, its width in proportion; side by side at the tile, without crossing on the way. */
export function ribbons(probabilities: readonly number[], { fromX, tileWidth, toX, rowY }: RibbonFrame): Ribbon[] {
  const full = Math.min(widest, tileWidth * 0.9);
  const widths = probabilities.map((probability) => Math.max(thinnest, probability * full));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const towardsRight = fromX <= toX;
  // The first candidate is highest, so its ribbon turns off first: it starts on the side it turns to.
  let edge = towardsRight ? fromX + total / 2 : fromX - total / 2;
  return widths.map((width, index) => {
    const x = towardsRight ? edge - width / 2 : edge + width / 2;
    edge += towardsRight ? -width : width;
    const y = rowY[index];
    const reach = Math.max(24, Math.abs(toX - x) * 0.55);
    const path = `M${round(x)},0 C${round(x)},${round(y * 0.7)} ${round(toX - reach)},${round(y)} ${round(toX)},${round(y)}`;
    return { path, width: round(width) };
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
