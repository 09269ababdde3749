import { collector } from './settings.js'

/** Where a collector is set, loads the script that tells it what people wait for, see and do. The shop does not need it. */
export function watched() {
  if (!collector) return Promise.resolve()
  const script = document.createElement('script')
  script.src = `${collector}/sdk.js`
  script.dataset.environment = 'development'
  document.head.append(script)
  return new Promise((go) => {
    script.addEventListener('load', go)
    script.addEventListener('error', go)
  })
}
