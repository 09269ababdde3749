// What `/sdk.js` is: a classic script that the server wraps in a function of its configuration.
import type { Configuration } from './configuration.ts'
import { quietly } from './quietly.ts'
import { start } from './start.ts'

declare const configuration: Configuration

// A browser so old that it lacks what this needs goes on without.
quietly(() => start(configuration, document.currentScript as HTMLScriptElement))
