/** Runs the main function of a benchmark: exit status 0 where it ends, 1 with the reason on stderr where it fails. */

/** Exits in any case: an open device or a pool of threads would keep the process alive. */
export function runMain(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
