// Loaded with --import into each measured process: when it ends, writes what the operating system counted for it
// (CPU of all its threads in milliseconds, peak memory in MiB, wall time) to the file that MEASURED names.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(
    process.env.MEASURED,
    JSON.stringify({
      cpu: (userCPUTime + systemCPUTime) / 1000,
      memory: maxRSS / 1024,
      wall: performance.now(),
    }),
  )
})
