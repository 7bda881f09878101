/** Times beside a yardstick that is measured just before: what else the machine does for a while then slows both alike, and
 *  medians of the ratios stay where medians of the times jump. */
import { median } from './median.ts';

/** Milliseconds of what others are compared with. */
export class Yardstick {
  private readonly ms: number[] = [];

  constructor(private readonly measure: () => Promise<number>) {}

  async time(): Promise<number> {
    const ms = await this.measure();
    this.ms.push(ms);
    return ms;
  }

  get medianMs(): number {
    return median(this.ms);
  }
}

/** Milliseconds of something, in units of a yardstick. */
export class RelativeTimes {
  private readonly ratios: number[] = [];

  constructor(private readonly yardstick: Yardstick) {}

  /** @param measure one sample, or several that stand beside the same unit */
  async time(measure: () => Promise<number | readonly number[]>): Promise<void> {
    const unit = await this.yardstick.time();
    this.ratios.push(...[await measure()].flat().map((ms) => ms / unit));
  }

  /** As long as it would take while the yardstick takes its median. */
  get medianMs(): number {
    return median(this.ratios) * this.yardstick.medianMs;
  }
}
