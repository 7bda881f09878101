/** Compute pipelines of specialised kernels, built once per device and shared by its programs. */
import { type Attributes, type Kernel, specialize } from '../kernels/kernel.ts';

export interface KernelPipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class PipelineCache {
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly pipelines = new Map<string, Promise<KernelPipeline>>();

  constructor(private readonly device: GPUDevice) {}

  /** The pipeline of a kernel with its consts set to `attributes`.
   *  @throws if the WGSL does not compile, with the compiler's message. */
  get(kernel: Kernel, attributes: Attributes): Promise<KernelPipeline> {
    const key = pipelineKey(kernel, attributes);
    let found = this.pipelines.get(key);
    if (!found) {
      found = this.build(kernel, attributes);
      this.pipelines.set(key, found);
      found.catch(() => this.pipelines.delete(key));
    }
    return found;
  }

  private async build(kernel: Kernel, attributes: Attributes): Promise<KernelPipeline> {
    const module = this.device.createShaderModule({ label: kernel.name, code: specialize(kernel, attributes) });
    const layout = this.layout(kernel);
    const pipeline = await this.device.createComputePipelineAsync({
      label: kernel.name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: kernel.entryPoint },
    });
    return { pipeline, layout };
  }

  /** Explicit, since an automatic layout leaves out what a specialised kernel does not touch. */
  private layout(kernel: Kernel): GPUBindGroupLayout {
    const types = Object.values(kernel.bindings).map((binding): GPUBufferBindingType => {
      if (binding.uniform) return 'uniform';
      return binding.access === 'read' ? 'read-only-storage' : 'storage';
    });
    const key = types.join();
    let layout = this.layouts.get(key);
    if (!layout) {
      layout = this.device.createBindGroupLayout({
        label: kernel.name,
        entries: types.map((type, binding) => ({ binding, visibility: 4, buffer: { type } })),
      });
      this.layouts.set(key, layout);
    }
    return layout;
  }
}

/** Same key, same pipeline. */
export function pipelineKey(kernel: Kernel, attributes: Attributes): string {
  const values = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${kernel.name}(${values.map(([name, value]) => `${name}=${value}`).join()})`;
}
