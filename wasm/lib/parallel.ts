/** Threads that go through one list of calls together: work is taken piece by piece, and phases end at a barrier.
 *  What a piece computes does not depend on who takes it, so results are the same for any number of threads. */

// Control words in the memory's first kilobyte, each on a cache line of its own.
const startedAt: usize = 64;
const listAt: usize = 128;
const arrivedAt: usize = 192;
const phaseAt: usize = 256;
const ticketAt: usize = 320;
const scratchAt: usize = 384;
const leftAt: usize = 448;

/** Looks at a word before a thread goes to sleep: some 20 µs. */
const patience = 4000;
/** A sleep at a barrier: a second. They are counted, since by a clock a laptop that was shut looks like a long wait. */
const sleepNs: i64 = 1_000_000_000;

let threads = 1;
let thread = 0;
let ticket = 0;
let mostSleeps = 0;

/** Says which of how many threads this instance is.
 *  @param sleeps at a barrier, after which the others are taken for dead; 0 for never */
export function join(index: i32, count: i32, sleeps: i32): void {
  thread = index;
  threads = count;
  mostSleeps = sleeps;
}

/** Says that this thread can't go on: whoever waits for it traps. */
export function leave(): void {
  if (ASC_FEATURE_THREADS) {
    atomic.store<i32>(leftAt, 1);
    atomic.notify(phaseAt, -1);
  }
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

/** Ends a phase: returns once all threads are here, and work counts from 0 again. Traps where one of them won't come. */
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
      waitForOthers(phase);
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
  if (ASC_FEATURE_THREADS) {
    if (changesSoon(startedAt, seen)) return;
    while (atomic.load<i32>(startedAt) === seen) atomic.wait<i32>(startedAt, seen, -1);
  }
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

function waitForOthers(phase: i32): void {
  if (changesSoon(phaseAt, phase)) return;
  for (let sleeps = 1; atomic.load<i32>(phaseAt) === phase; sleeps++) {
    if (atomic.load<i32>(leftAt) !== 0) unreachable();
    atomic.wait<i32>(phaseAt, phase, sleepNs);
    if (sleeps === mostSleeps && atomic.load<i32>(phaseAt) === phase) unreachable();
  }
}

function changesSoon(word: usize, value: i32): bool {
  for (let i = 0; i < patience; i++) {
    if (atomic.load<i32>(word) !== value) return true;
  }
  return false;
}
