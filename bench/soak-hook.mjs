// Loaded with --import into the mock that soak.mjs wears: on each message, collects garbage and tells what memory is used.
process.on('message', () => {
  globalThis.gc()
  process.send(process.memoryUsage())
})
process.channel.unref()
