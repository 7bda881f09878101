/** A competitor as a dedicated worker of a page, which the benchmark calls by name. */
import { competitor } from './competitor.ts';

Object.assign(globalThis, { competitor });
postMessage('ready');
