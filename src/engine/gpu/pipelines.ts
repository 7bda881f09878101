/** Compute pipelines of specialised kernels, built once per device and shared by its programs. */
import { SpanBindings } from './parts.ts';
import { buildShader, type Call, type Shader } from './shader.ts';

export interface KernelPipeline {
  readonly shader: Shader;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class PipelineCache {
  readonly spans: SpanBindings;
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly pipelines = new Map<string, Promise<KernelPipeline>>();

  constructor(private readonly device: GPUDevice) {
    this.spans = new SpanBindings(device);
  }

  /** The pipeline of calls that run in one dispatch, their consts set to their attributes; `inParts`, in several.
   *  @throws if the calls can't share a dispatch, or the WGSL does not compile, with the compiler's message. */
  get(calls: readonly Call[], inParts = false): Promise<KernelPipeline> {
    const key = `${pipelineKey(calls)}${inParts ? ' in parts' : ''}`;
    let found = this.pipelines.get(key);
    if (!found) {
      found = this.build(calls, inParts);
      this.pipelines.set(key, found);
      found.catch(() => this.pipelines.delete(key));
    }
    return found;
  }

  private async build(calls: readonly Call[], inParts: boolean): Promise<KernelPipeline> {
    const shader = buildShader(calls, inParts);
    const { label, code, entryPoint } = shader;
    this.device.pushErrorScope('validation');
    const module = this.device.createShaderModule({ label, code });
    const error = await this.device.popErrorScope();
    if (error) throw new Error(`${label}: ${error.message}`);
    const layout = this.layout(shader);
    const pipeline = await this.device.createComputePipelineAsync({
      label,
      layout: this.device.createPipelineLayout({
        bindGroupLayouts: inParts ? [layout, this.spans.layout] : [layout],
      }),
      compute: { module, entryPoint },
    });
    return { shader, pipeline, layout };
  }

  /** Explicit, since an automatic layout leaves out what a specialised kernel does not touch. */
  private layout({ label, bindings }: Shader): GPUBindGroupLayout {
    const key = bindings.map(({ binding, type }) => `${binding} ${type}`).join();
    let layout = this.layouts.get(key);
    if (!layout) {
      layout = this.device.createBindGroupLayout({
        label,
        entries: bindings.map(({ binding, type }) => ({ binding, visibility: 4, buffer: { type } })),
      });
      this.layouts.set(key, layout);
    }
    return layout;
  }
}

/** Same key, same pipeline. */
export function pipelineKey(calls: readonly Call[]): string {
  return calls
    .map(({ kernel, attributes, given, halves = [] }) => {
      const values = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
      const bindings = [...given].sort().map((name) => (halves.includes(name) ? `${name}:f16` : name));
      return `${kernel.name}(${values.map(([name, value]) => `${name}=${value}`).join()}; ${bindings.join()})`;
    })
    .join(' + ');
}
