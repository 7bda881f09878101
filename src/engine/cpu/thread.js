/** A thread of the CPU backend: serves the lists of kernel calls that the training worker starts. Runs as a module
 *  worker in browsers, and as text in Node, where `self` is the parent's port; so it is JavaScript and imports nothing. */
self.onmessage = async ({ data }) => {
  const { module, memory, index, count } = data;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  exports.join(index, count);
  const seen = exports.listsStarted();
  self.postMessage('ready');
  exports.serve(seen);
};
