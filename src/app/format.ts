/** Numbers as the reader's language writes them. */

/** Between a figure and a Han character. */
const thinSpace = '\u2009';

const cache = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.NumberFormat(locale, options);
  cache.set(key, known);
  return known;
}

/** The browser reads its locale data at a process's first number, which takes it tens of milliseconds: better on another thread. */
export function prepareNumbers(locale: string): void {
  const source = `new Intl.NumberFormat(${JSON.stringify(locale)}).format(0); close();`;
  new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
}

/** A number with at most `digits` digits after the point: 1,115,394. */
export function formatNumber(value: number, locale: string, digits = 0): string {
  return formatter(locale, { maximumFractionDigits: digits }).format(value);
}

/** A number with exactly `digits` digits after the point: 1.79. */
export function formatFixed(value: number, locale: string, digits = 2): string {
  return formatter(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Smaller numbers are written by their power of ten. */
const leastWrittenOut = 1e-5;

/** A setting in all its digits: 0.003, 1e-8. */
export function formatExact(value: number, locale: string): string {
  return value > 0 && value < leastWrittenOut ? value.toExponential() : formatNumber(value, locale, 6);
}

/** A number in its first digits: 0.0012. */
export function formatSignificant(value: number, locale: string, digits = 2): string {
  return formatter(locale, { maximumSignificantDigits: digits, useGrouping: false }).format(value);
}

/** A large number in short: 212k, 21.2 万. The space before 万 is a thin one. */
export function formatCompact(value: number, locale: string): string {
  return formatter(locale, { notation: 'compact', maximumSignificantDigits: 3 })
    .formatToParts(value)
    .map(({ type, value: part }) => {
      if (type !== 'compact') return part;
      return part === 'K' ? 'k' : /\p{Script=Han}/u.test(part) ? `${thinSpace}${part}` : part;
    })
    .join('');
}

/** A share between 0 and 1 as a percentage; small ones keep their first digit: 38%, 1.5%, 0.02%. */
export function formatPercent(share: number, locale: string): string {
  const digits = share >= 0.095 || share === 0 ? 0 : share >= 0.001 ? 1 : 2;
  return formatter(locale, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

const byteUnits = ['B', 'kB', 'MB', 'GB'];

/** Bytes in decimal units: 41 MB. */
export function formatBytes(bytes: number, locale: string): string {
  const power = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${formatNumber(value, locale, value < 10 && power > 0 ? 1 : 0)} ${byteUnits[power]}`;
}

/** A stretch of time in its largest unit: 38 s, 9 min, 2 h. */
export function formatDuration(seconds: number, locale: string): string {
  const [value, unit] = inLargestUnit(seconds);
  const text = formatter(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value);
  return text.replace(/(?<=\d)(?=\p{Script=Han})/u, thinSpace);
}

function inLargestUnit(seconds: number): [number, 'second' | 'minute' | 'hour'] {
  if (seconds < 90) return [Math.max(1, seconds), 'second'];
  return seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
}

/** Digits after the point that a step needs: 2 for 0.01. */
export function stepDigits(step: number): number {
  return Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
}
