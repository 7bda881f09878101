/** How long calls take on a device: as they were timed, or by the best rates that timed ones have shown. */
import type { Call } from '../program/program.ts';
import { bytesOf, flopsOf } from '../program/work.ts';
import { shapeKey } from './kernel-choice.ts';

export class CallTimes {
  private readonly timed = new Map<string, number>();
  private flopsPerMs = 0;
  private bytesPerMs = 0;

  record(call: Call, ms: number): void {
    this.timed.set(shapeKey(call), ms);
    this.flopsPerMs = Math.max(this.flopsPerMs, flopsOf(call) / ms);
    this.bytesPerMs = Math.max(this.bytesPerMs, bytesOf(call) / ms);
  }

  /** Milliseconds of a call; 0 as long as nothing was timed. */
  estimate(call: Call): number {
    const timed = this.timed.get(shapeKey(call));
    return timed ?? Math.max(ratio(flopsOf(call), this.flopsPerMs), ratio(bytesOf(call), this.bytesPerMs));
  }
}

function ratio(amount: number, rate: number): number {
  return rate > 0 ? amount / rate : 0;
}
