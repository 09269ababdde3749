// node load.mjs JSON: sends requests over a few kept-alive connections, each the next one as soon as its answer is whole.
// JSON: { port, count, before, connections, awake, method, path, headers, body }. In `path` and `body`, {n} is the number of the request,
// `before` of which somebody has sent before.
// Prints JSON: statuses, milliseconds (p50, p99), bytes of one body. Raw sockets, so that the server is what is busy.
// Unless `awake` is false, it never sleeps while it waits, and so wants a core of its own: who writes to a socket pays for waking
// its reader (10 us of CPU on a virtual machine), and of two servers only the slower one would, as the quicker keeps its reader busy.
import { connect } from 'node:net'

const {
  port,
  count,
  before = 0,
  connections = 8,
  awake = true,
  method,
  path,
  headers = {},
  body,
} = JSON.parse(process.argv[2])
const statuses = {}
const times = []
let started = 0
let bytes = 0
let running = awake

stayAwake()
await Promise.all(Array.from({ length: connections }, worker))
running = false
times.sort((a, b) => a - b)
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
console.log(JSON.stringify({ statuses, p50: at(0.5), p99: at(0.99), bytes }))

function stayAwake() {
  if (running) setImmediate(stayAwake)
}

function worker() {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', next)
    socket.setNoDelay(true)
    socket.on('error', reject)
    let from = 0
    let answer
    socket.on('data', (chunk) => {
      answer = answer === undefined ? chunk : Buffer.concat([answer, chunk])
      const whole = wholeOf(answer)
      if (whole === undefined) return
      times.push(performance.now() - from)
      statuses[whole.status] = (statuses[whole.status] ?? 0) + 1
      bytes = whole.bytes
      next()
    })
    function next() {
      if (started === count) return socket.end(resolve)
      const n = String(before + ++started)
      answer = undefined
      const sent = body?.replaceAll('{n}', n)
      const lines = [
        `${method} ${path.replaceAll('{n}', n)} HTTP/1.1`,
        'Host: localhost',
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ...(sent === undefined ? [] : [`Content-Length: ${Buffer.byteLength(sent)}`]),
      ]
      from = performance.now()
      socket.write(`${lines.join('\r\n')}\r\n\r\n${sent ?? ''}`)
    }
  })
}

/** The answer once its last byte is there: by Content-Length, or by the last of its chunks. */
function wholeOf(answer) {
  const end = answer.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = answer.toString('latin1', 0, end)
  const status = head.slice(9, 12)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  const size = answer.length - end - 4
  if (length !== null) return size >= Number(length[1]) ? { status, bytes: size } : undefined
  if (/\r\ntransfer-encoding: *chunked/i.test(head))
    return answer.subarray(-5).toString() === '0\r\n\r\n' ? { status, bytes: size } : undefined
  return { status, bytes: 0 }
}
