/** SIGINT and SIGTERM held back while files are written, so that a write is either finished or undone. */
import { Interrupted } from '../errors.ts';

/** @param run is handed a check that throws Interrupted where a signal has come since the start */
export async function holdSignals<Result>(run: (check: () => Promise<void>) => Promise<Result>): Promise<Result> {
  let received: Interrupted | undefined;
  const onInterrupt = () => void (received ??= new Interrupted(130));
  const onTerminate = () => void (received ??= new Interrupted(143));
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  try {
    return await run(async () => {
      // A signal is handed over while the loop polls, and one turn may begin behind that.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (received !== undefined) throw received;
    });
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  }
}
