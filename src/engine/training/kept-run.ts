/** What the last reset put aside, one run at most: its trainer, and everything on the device that training changes. */
import type { Event } from '../../contract/messages.ts';
import type { Session } from './session.ts';
import type { Trainer } from './trainer.ts';

export class KeptRun {
  private kept: { readonly trainer: Trainer; readonly values: readonly Float32Array[] } | undefined;

  constructor(
    private readonly session: Session,
    private readonly emit: (event: Event) => void,
  ) {}

  /** Puts a paused run aside in place of an earlier one; one that has not trained is none to keep. */
  async keep(trainer: Trainer): Promise<void> {
    if (trainer.step === 0) return;
    this.kept = { trainer, values: await this.session.readValues() };
    this.emit({ type: 'kept', step: trainer.step });
  }

  /** Puts its values back on the device; the trainer goes on from there to the last bit. */
  restore(): Trainer | undefined {
    if (!this.kept) return undefined;
    const { trainer, values } = this.kept;
    this.kept = undefined;
    this.session.writeValues(values);
    this.emit({ type: 'restored', step: trainer.step });
    return trainer;
  }

  /** Gives up its memory. */
  release(): void {
    if (!this.kept) return;
    this.kept = undefined;
    this.emit({ type: 'released' });
  }
}
