import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { alert } from './alert.ts'
import type { Notice } from './notice.ts'
import { sendMail } from './mail.ts'

const notice: Notice = {
  event: 'opened',
  kind: 'failure',
  monitor: 'checkout',
  title: 'Can people buy?',
  environment: 'staging',
  since: '2026-11-23T09:01:00.000Z',
  at: '2026-11-23T09:02:00.000Z',
  steps: ['checkout/basket'],
  lines: ['checkout/basket: store.getBasket: it answered <503>'],
}
const nobody = { webhook: [], slack: [], command: [] }

/** A mail server that says what it is told to, and writes down what it hears. */
async function mailServer(
  answer: (line: string) => string | undefined = () => undefined,
): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = []
  const server: Server = createServer((socket) => {
    let isMessage = false
    let rest = ''
    socket.on('error', () => {})
    socket.write('220 mail.test\r\n')
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop()!
      for (const line of lines) {
        heard.push(line)
        if (isMessage && line !== '.') continue
        isMessage = line === 'DATA'
        const word = line.split(' ')[0]!
        socket.write(
          answer(line) ??
            (isMessage
              ? '354 go on\r\n'
              : word === 'EHLO'
                ? '250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n'
                : word === 'AUTH'
                  ? '235 welcome\r\n'
                  : '250 fine\r\n'),
        )
      }
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, heard }
}

test('tells hooks, Slack and a command, and says whom it could not tell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-alert-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const posted: (readonly [string, unknown])[] = []
  const problems = await alert(
    notice,
    {
      webhook: ['https://hooks.test/secret-path', 'https://down.test/other-secret'],
      slack: ['https://slack.test/services/T0'],
      command: ['cat > told.json', 'exit 3'],
    },
    {
      cwd: folder,
      env: process.env,
      post: (url, body) => {
        posted.push([url, body])
        return Promise.resolve(url.includes('down') ? 500 : 200)
      },
    },
  )
  expect(problems.toSorted()).toEqual([
    'command exit 3: it ended with 3',
    'webhook down.test: it answered 500',
  ])
  expect(JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))).toEqual({
    version: 1,
    ...notice,
  })
  const told = new Map(posted)
  expect(told.get('https://hooks.test/secret-path')).toEqual({ version: 1, ...notice })
  expect(told.get('https://slack.test/services/T0')).toEqual({
    text: ':rotating_light: *Can people buy? on staging: it fails: checkout/basket*\n• checkout/basket: store.getBasket: it answered &lt;503&gt;',
  })
  expect(posted.filter(([url]) => url.includes('down'))).toHaveLength(2)
})

test('writes an e-mail', async () => {
  const { port, heard } = await mailServer()
  const problems = await alert(
    notice,
    {
      ...nobody,
      email: {
        from: 'Throughline <monitor@shop.test>',
        to: ['on-call@shop.test'],
        smtp: `smtp://maya:p%40ss@127.0.0.1:${port}`,
      },
    },
    { cwd: '.', env: {} },
  )
  expect(problems).toEqual([])
  expect(heard[1]).toBe(`AUTH PLAIN ${Buffer.from('\0maya\0p@ss').toString('base64')}`)
  expect(heard.slice(2, 5)).toEqual([
    'MAIL FROM:<monitor@shop.test>',
    'RCPT TO:<on-call@shop.test>',
    'DATA',
  ])
  const message = heard.slice(5)
  expect(message).toContain('Date: Mon, 23 Nov 2026 09:02:00 +0000')
  const subject = message.find((line) => line.startsWith('Subject: '))!
  expect(Buffer.from(subject.slice('Subject: =?utf-8?B?'.length, -2), 'base64').toString()).toBe(
    'Can people buy? on staging: it fails: checkout/basket',
  )
  const body = message.slice(message.indexOf('') + 1, message.indexOf('.')).join('')
  expect(Buffer.from(body, 'base64').toString()).toContain(notice.lines[0])
})

test('says what a mail server says that refuses, and lets no address write commands', async () => {
  const mail = {
    from: 'monitor@shop.test',
    to: ['on-call@shop.test'],
    subject: 'It fails',
    text: 'Look',
    date: new Date(0),
  }
  const { port } = await mailServer((line) =>
    line.startsWith('RCPT') ? '550 no such mailbox\r\n' : undefined,
  )
  await expect(sendMail(`smtp://127.0.0.1:${port}`, mail)).rejects.toThrow('550 no such mailbox')
  await expect(
    sendMail(`smtp://127.0.0.1:${port}`, { ...mail, to: ['a@b.test>\r\nDATA'] }),
  ).rejects.toThrow('is no e-mail address')
  const silent = createServer((socket) => void socket.end())
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void silent.close())
  await expect(
    sendMail(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, mail),
  ).rejects.toThrow('hung up')
})
