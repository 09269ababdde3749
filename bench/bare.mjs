// node bare.mjs PORT FILE: the least that answers over HTTP in Node: reads the request's body, sends FILE as JSON. What the mock is measured by.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, file] = process.argv.slice(2)
const body = readFileSync(file)
const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }

createServer((request, response) => {
  if (request.method === 'GET') return answer(response)
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => (Buffer.concat(chunks), answer(response)))
}).listen(Number(port), '127.0.0.1')

function answer(response) {
  response.writeHead(200, headers)
  response.end(body)
}
