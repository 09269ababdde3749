// Loaded with --import into the mock that soak.mjs wears: on each message, collects garbage and tells what memory is used,
// and how many milliseconds of CPU so far.
process.on('message', () => {
  globalThis.gc()
  const { user, system } = process.cpuUsage()
  process.send({ ...process.memoryUsage(), cpu: (user + system) / 1000 })
})
process.channel.unref()
