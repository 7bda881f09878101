/** Where competitors run. Each has a process or a page of its own there, and waits while another one trains. */
import type { Calls } from './library.ts';

export interface Runner extends Calls {
  close(): Promise<void>;
}

export interface Place {
  /** As 'Chromium 149.0.7827.53'. */
  readonly host: string;
  start(): Promise<Runner>;
  close(): Promise<void>;
}
