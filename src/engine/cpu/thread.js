/** A thread of the CPU backend: serves the lists of kernel calls that the training worker starts. It says 'ready' once it
 *  does, and anything else when it can't go on. Runs as a module worker in browsers, and as text in Node, where `self` is
 *  the parent's port; so it is JavaScript and imports nothing. */
self.onmessage = async ({ data }) => {
  const { module, memory, index, count } = data;
  try {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    exports.join(index, count, 0);
    const seen = exports.listsStarted();
    self.postMessage('ready');
    try {
      exports.serve(seen);
    } finally {
      // The training worker waits in the memory and hears no message: it has to be told there.
      exports.leave();
    }
  } catch (error) {
    self.postMessage(String(error));
  }
};
