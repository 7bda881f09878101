/** Threads that go through one list of calls together: work is taken piece by piece, and phases end at a barrier.
 *  What a piece computes does not depend on who takes it, so results are the same for any number of threads. */

// Control words in the memory's first kilobyte, each on a cache line of its own.
const startedAt: usize = 64;
const listAt: usize = 128;
const arrivedAt: usize = 192;
const phaseAt: usize = 256;
const ticketAt: usize = 320;
const scratchAt: usize = 384;

/** Looks at a word before a thread goes to sleep: some 20 µs. */
const patience = 4000;

let threads = 1;
let thread = 0;
let ticket = 0;

/** Says which of how many threads this instance is. */
export function join(index: i32, count: i32): void {
  thread = index;
  threads = count;
}

/** Where scratch lies: one piece that all share, and one for each thread. */
export function setScratch(shared: usize, own: usize, ownBytes: usize): void {
  store<usize>(scratchAt, shared);
  store<usize>(scratchAt, own, 4);
  store<usize>(scratchAt, ownBytes, 8);
}

export function sharedScratch(): usize {
  return load<usize>(scratchAt);
}

export function ownScratch(): usize {
  return load<usize>(scratchAt, 4) + thread * load<usize>(scratchAt, 8);
}

/** The next piece of work of this phase, from 0. */
export function take(): i32 {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1) return atomic.add<i32>(ticketAt, 1);
  }
  return ticket++;
}

/** Ends a phase: returns once all threads are here, and work counts from 0 again. */
export function barrier(): void {
  ticket = 0;
  if (ASC_FEATURE_THREADS) {
    if (threads === 1) return;
    const phase = atomic.load<i32>(phaseAt);
    if (atomic.add<i32>(arrivedAt, 1) === threads - 1) {
      atomic.store<i32>(arrivedAt, 0);
      atomic.store<i32>(ticketAt, 0);
      advance(phaseAt);
    } else {
      waitWhile(phaseAt, phase);
    }
  }
}

/** Wakes the other threads to go through a list. */
export function start(list: usize, count: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (threads === 1) return;
    store<usize>(listAt, list);
    store<i32>(listAt, count, 4);
    advance(startedAt);
  }
}

/** How many lists have been started; a thread that joins takes the ones after that. */
export function listsStarted(): i32 {
  return ASC_FEATURE_THREADS ? atomic.load<i32>(startedAt) : 0;
}

/** Waits until more lists than `seen` have been started. */
export function awaitList(seen: i32): void {
  if (ASC_FEATURE_THREADS) waitWhile(startedAt, seen);
}

export function startedList(): usize {
  return load<usize>(listAt);
}

export function startedCount(): i32 {
  return load<i32>(listAt, 4);
}

function advance(word: usize): void {
  atomic.add<i32>(word, 1);
  atomic.notify(word, -1);
}

function waitWhile(word: usize, value: i32): void {
  for (let i = 0; i < patience; i++) {
    if (atomic.load<i32>(word) !== value) return;
  }
  while (atomic.load<i32>(word) === value) atomic.wait<i32>(word, value, -1);
}
