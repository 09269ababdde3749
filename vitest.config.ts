import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // A busy machine takes its time; a second is no fault.
    expect: { poll: { timeout: 15_000 } },
    // Tests in a browser wait for it nearly half of their time: one worker more for each two cores fills that.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Tests find nothing that another run has left.
    env: { THROUGHLINE_CACHE: 'off' },
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: [
            'packages/{browser,studio}/src/**/*.test.{ts,tsx}',
            'packages/*/test/**/*.test.ts',
            'test/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          // Loading the sources anew for each of these files would take longer than the tests themselves.
          name: 'together',
          include: ['packages/{core,throughline}/src/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})
