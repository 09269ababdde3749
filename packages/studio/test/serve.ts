import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { studioServer } from './studio-server.ts'

// The studio over the test's own data, to look at: node test/serve.ts [port]
const studio = await studioServer(
  { overview: workspace, blueprints: [reorder, fixAnItem] },
  Number(process.argv[2] ?? 4999),
)
console.log(studio.address)
