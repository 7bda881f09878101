/** What the worker measures of speed: what the device can do at best, and where the time of a step goes. */

/** What a device can do at best, measured with kernels that do nothing else. */
export interface Roofline {
  /** In float32; a multiply-add counts as two operations. */
  readonly multiplyAddGflops: number;
  /** Bytes read and bytes written. */
  readonly copyGigabytesPerSecond: number;
  /** GPUs only. */
  readonly workgroupMemoryGigabytesPerSecond?: number;
  /** Of a dispatch that does nothing; GPUs only. */
  readonly emptyDispatchMs?: number;
}

type Pass = 'Forward' | 'Backward';

/** Kernels whose time is told together. 'loss' is cross-entropy with its gradient, 'elementwise' sums, GELU, and the
 *  like where no other kernel has taken them in. */
export type KernelFamily =
  | `${'matmul' | 'attention' | 'layerNorm' | 'embedding' | 'elementwise'}${Pass}`
  | 'loss'
  | 'gradientNorm'
  | 'adamW';

/** A kernel that runs some calls of a family. */
export interface KernelPick {
  /** As the engine names it, as 'matmul vector 4×8'. */
  readonly kernel: string;
  readonly calls: number;
}

/** One family in one training step. */
export interface KernelSpeed {
  readonly family: KernelFamily;
  readonly calls: number;
  readonly ms: number;
  /** Floating-point operations, where the kernels count them: matrix products and attention. */
  readonly flops: number;
  /** Bytes that its calls must move at least. */
  readonly bytes: number;
  /** Most calls first. */
  readonly picks: readonly KernelPick[];
}

/** Where the time of a training step goes. */
export interface SpeedReport {
  readonly roofline: Roofline;
  /** The families, by time. */
  readonly kernels: readonly KernelSpeed[];
  /** Steps that were timed; all figures are means over them. */
  readonly steps: number;
  /** 'timestamps': the device's own clock, dispatch by dispatch; 'repeats': each dispatch repeated until a clock on the
   *  host could tell; 'calls': a clock on the host, call by call. */
  readonly clock: 'timestamps' | 'repeats' | 'calls';
}
