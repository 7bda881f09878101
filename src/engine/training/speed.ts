/** Measures what a session's device can do, and where the time of its steps goes. */
import type { SpeedReport } from '../../contract/speed.ts';
import type { Batch } from '../objectives/objective.ts';
import { profile } from '../speed/profile.ts';
import { measureRoofline } from '../speed/roofline.ts';
import type { Session } from './session.ts';

/** Nothing changes that training reads. @throws ProblemError where there is no memory for it */
export async function measureSpeed(session: Session, batches: readonly Batch[]): Promise<SpeedReport> {
  const { backend } = session;
  await backend.idle();
  const roofline = await measureRoofline(backend);
  return session.rehearse(batches, (step) => profile(backend, step, roofline));
}
