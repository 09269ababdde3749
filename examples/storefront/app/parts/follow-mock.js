import { reloadRegions } from './region.js'
import { api } from './settings.js'

/** While the APIs are Throughline's mock: shows which situation is being played, and asks again when it changes. */
export async function followMock() {
  try {
    const { followSituation } = await import(`${api}/_throughline/browser.js`)
    followSituation({ mock: api, onChange: reloadRegions })
  } catch {
    // These are real APIs, or nothing is there: the screens say so themselves.
  }
}
