// Writes the studio's client from its contract: run it after each change of `studio.openapi.yaml`.
import { readFileSync, writeFileSync } from 'node:fs'
import { clientText } from './studio-client-text.ts'

const contract = new URL('../src/server/studio.openapi.yaml', import.meta.url)
const client = new URL('../../studio/src/client/studio-client.ts', import.meta.url)

writeFileSync(client, clientText(readFileSync(contract, 'utf8')))
