/** Entry of the WebAssembly module: goes through a list of kernel calls, alone or with other threads.
 *  Numbers of kernels and the fields of their calls follow src/engine/cpu/wasm-kernels.ts. */
import * as attention from './attention';
import * as attentionBackward from './attention-backward';
import { CrossEntropyCall, crossEntropy } from './cross-entropy';
import * as elementwise from './elementwise';
import * as embedding from './embedding';
import * as layerNorm from './layer-norm';
import { Attention, headOwnBytes } from './lib/head';
import * as parallel from './lib/parallel';
import { MatmulCall, matmul, matmulOwnBytes, matmulSharedBytes } from './matmul';
import * as optimizer from './optimizer';
import { copyProbe, multiplyAddProbe, ProbeCall } from './roofline';

export { join, leave, listsStarted, setScratch } from './lib/parallel';

/** First byte that the module leaves free. */
export function heapBase(): usize {
  return __heap_base;
}

/** Bytes of scratch that a call needs once. */
export function sharedBytes(kernel: i32, call: usize): usize {
  return kernel === 0 ? matmulSharedBytes(changetype<MatmulCall>(call)) : 0;
}

/** Bytes of scratch that a call needs for each thread. */
export function ownBytes(kernel: i32, call: usize): usize {
  if (kernel === 0) return matmulOwnBytes(changetype<MatmulCall>(call));
  return kernel <= 3 ? headOwnBytes(changetype<Attention>(call)) : 0;
}

/** Goes through a list of pairs (kernel, address of its call), together with the threads that serve. */
export function run(list: usize, count: i32): void {
  parallel.start(list, count);
  perform(list, count);
}

/** Takes part in every list that is started after the first `seen`; never returns, but may trap. */
export function serve(seen: i32): void {
  while (true) {
    parallel.awaitList(seen++);
    perform(parallel.startedList(), parallel.startedCount());
  }
}

function perform(list: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const entry = list + (<usize>i << 3);
    callKernel(load<i32>(entry), load<usize>(entry, 4));
    parallel.barrier();
  }
}

function callKernel(kernel: i32, call: usize): void {
  switch (kernel) {
    case 0:
      return matmul(changetype<MatmulCall>(call));
    case 1:
      return attention.attention(changetype<attention.AttentionCall>(call));
    case 2:
      return attentionBackward.attentionBackwardQuery(changetype<attentionBackward.AttentionBackwardQueryCall>(call));
    case 3:
      return attentionBackward.attentionBackwardKeyValue(changetype<attentionBackward.AttentionBackwardKeyValueCall>(call));
    case 4:
      return layerNorm.layerNorm(changetype<layerNorm.LayerNormCall>(call));
    case 5:
      return layerNorm.layerNormBackward(changetype<layerNorm.LayerNormBackwardCall>(call));
    case 6:
      return crossEntropy(changetype<CrossEntropyCall>(call));
    case 7:
      return embedding.embedding(changetype<embedding.EmbeddingCall>(call));
    case 8:
      return embedding.embeddingBackward(changetype<embedding.EmbeddingBackwardCall>(call));
    case 9:
      return optimizer.normPartial(changetype<optimizer.NormPartialCall>(call));
    case 10:
      return optimizer.normFinal(changetype<optimizer.NormFinalCall>(call));
    case 11:
      return optimizer.lossMetrics(changetype<optimizer.LossMetricsCall>(call));
    case 12:
      return optimizer.adamW(changetype<optimizer.AdamWCall>(call));
    case 13:
      return elementwise.add(changetype<elementwise.AddCall>(call));
    case 14:
      return elementwise.bias(changetype<elementwise.BiasCall>(call));
    case 15:
      return elementwise.gelu(changetype<elementwise.GeluCall>(call));
    case 16:
      return elementwise.geluBackward(changetype<elementwise.GeluBackwardCall>(call));
    case 17:
      return elementwise.dropout(changetype<elementwise.DropoutCall>(call));
    case 18:
      return elementwise.columnSum(changetype<elementwise.ColumnSumCall>(call));
    case 19:
      return multiplyAddProbe(changetype<ProbeCall>(call));
    case 20:
      return copyProbe(changetype<ProbeCall>(call));
    default:
      unreachable();
  }
}
