/** Kernels that do nothing but keep a device busy: what it can do at best is measured with them. */
import source from '../../../shaders/roofline.wgsl?raw';
import { type Attributes, type Binding, type Data, type Grid, type Kernel, rowGrid } from './kernel.ts';

type ProbeBinding = 'x' | 'y';
/** Attributes: `length`, in elements of four floats, and how many `rounds` each is worked on. */
type Probe = Kernel<Attributes, ProbeBinding>;

const bindings: Readonly<Record<ProbeBinding, Binding>> = {
  x: { access: 'read', element: 'f32' },
  y: { access: 'write', element: 'f32' },
};

const workgroup = 64;
const chains = 9;
/** Multiply-adds of a chain in a round. */
const turns = 16;
const groupsOf = ({ length }: Attributes): Grid => rowGrid(Math.ceil(length / workgroup));

function probe(name: string, entryPoint: string, twin: Probe['twin']): Probe {
  return { name: `probe ${name}`, source: [source], entryPoint, bindings, grid: groupsOf, twin };
}

/** Nine chains of multiply-adds for each float. */
export const multiplyAddProbe: Probe = {
  ...probe('multiply-add', 'multiply_add', multiplyAddTwin),
  turns: () => ({ turns }),
  flops: ({ length, rounds }) => length * 4 * rounds * turns * chains * 2,
};

/** Reads and writes each float once. */
export const copyProbe = probe('copy', 'copy', ({ length }, { x, y }) => y.set(x.subarray(0, 4 * length)));

/** Writes and reads workgroup memory; GPUs only. */
export const workgroupMemoryProbe = probe('workgroup memory', 'workgroup_memory', (attributes, { x, y }) => {
  const { length, rounds } = attributes;
  for (let i = 0; i < length; i++) {
    const first = i - (i % workgroup);
    const from = first + ((i + rounds) % workgroup);
    y.set(x.subarray(4 * from, 4 * from + 4), 4 * i);
  }
});

/** Costs what any dispatch costs. */
export const emptyProbe: Probe = {
  ...probe('empty', 'empty', () => {}),
  grid: () => [1, 1, 1],
};

function multiplyAddTwin({ length, rounds }: Attributes, { x, y }: Readonly<Record<ProbeBinding, Data>>): void {
  for (let i = 0; i < length; i++) {
    const h = x[4 * i] * 0.25 + 0.5;
    const b = x[4 * i + 1];
    for (let part = 0; part < 4; part++) {
      const a = x[4 * i + part];
      let c0 = a;
      let c1 = a + 1;
      let c2 = a + 2;
      let c3 = a + 3;
      let c4 = a + 4;
      let c5 = a + 5;
      let c6 = a + 6;
      let c7 = a + 7;
      let c8 = a + 8;
      for (let turn = 0; turn < rounds * turns; turn++) {
        c0 = c0 * h + b;
        c1 = c1 * h + b;
        c2 = c2 * h + b;
        c3 = c3 * h + b;
        c4 = c4 * h + b;
        c5 = c5 * h + b;
        c6 = c6 * h + b;
        c7 = c7 * h + b;
        c8 = c8 * h + b;
      }
      y[4 * i + part] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8;
    }
  }
}
