import { connect as connectPlain, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'

export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  /** RFC 5322, 3.6.1: the moment. */
  readonly date: Date
}

/**
 * Hands one message to a mail server (RFC 5321): `smtps://` over TLS, `smtp://` over STARTTLS where the server offers it; signs in
 * with AUTH PLAIN where the address has a name and password, and then only over TLS or to this machine. Rejects with what
 * the server said.
 */
export async function sendMail(server: string, mail: Mail, within = 20_000): Promise<void> {
  const { protocol, hostname: host, port, username, password } = new URL(server)
  const secure = protocol === 'smtps:'
  const at = { host: host.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 465 : 587)) }
  let line = await conversation(
    secure ? connectTls({ ...at, servername: at.host }) : connectPlain(at),
    within,
  )
  try {
    await line.expect(220)
    let offers = await line.ask(`EHLO ${ownName()}`, 250)
    let isPrivate = secure
    if (!secure && /^STARTTLS$/im.test(offers)) {
      await line.ask('STARTTLS', 220)
      line = await conversation(connectTls({ socket: line.socket, servername: at.host }), within)
      offers = await line.ask(`EHLO ${ownName()}`, 250)
      isPrivate = true
    }
    if (username !== '') {
      if (!isPrivate && !/^(localhost|127\.|::1$)/.test(at.host))
        throw new Error('the mail server offers no TLS, so the password was not sent')
      const secret = `\0${decodeURIComponent(username)}\0${decodeURIComponent(password)}`
      await line.ask(`AUTH PLAIN ${Buffer.from(secret).toString('base64')}`, 235)
    }
    await line.ask(`MAIL FROM:<${addressIn(mail.from)}>`, 250)
    for (const to of mail.to) await line.ask(`RCPT TO:<${addressIn(to)}>`, 250)
    await line.ask('DATA', 354)
    await line.ask(`${messageOf(mail)}\r\n.`, 250)
    line.socket.write('QUIT\r\n')
  } finally {
    line.socket.destroy()
  }
}

interface Conversation {
  readonly socket: Socket
  readonly expect: (code: number) => Promise<string>
  readonly ask: (line: string, code: number) => Promise<string>
}

const longestReply = 100_000

async function conversation(socket: Socket, within: number): Promise<Conversation> {
  let heard = ''
  let problem: Error | undefined
  let wake = (): void => {}
  const fail = (error: Error): void => {
    problem ??= error
    wake()
  }
  const onData = (chunk: Buffer): void => {
    heard += chunk.toString('latin1')
    if (heard.length > longestReply) fail(new Error('the mail server says too much'))
    wake()
  }
  socket.on('data', onData)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the mail server hung up')))
  socket.setTimeout(within, () => fail(new Error('the mail server says nothing')))
  // A reply is lines of `250-...` and a last one of `250 ...`.
  const reply = async (): Promise<string> => {
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(heard)
      if (whole !== null) {
        heard = heard.slice(whole[0].length)
        return whole[0]
      }
      if (problem !== undefined) throw problem
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const expect = async (code: number): Promise<string> => {
    const text = await reply()
    const accepted = code === 250 ? /^25[01]/ : new RegExp(`^${code}`)
    if (!accepted.test(text))
      throw new Error(`the mail server says ${text.trim().split('\n').at(-1)!.slice(0, 200)}`)
    return text.replace(/^\d{3}[- ]/gm, '').replaceAll('\r', '')
  }
  return {
    socket,
    expect,
    ask(line, code) {
      socket.write(`${line}\r\n`)
      return expect(code)
    },
  }
}

/** `ada@example.com` of `Ada <ada@example.com>`. No line break, and no bracket that ends the command early. */
function addressIn(text: string): string {
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(address)) throw new Error(`\`${text}\` is no e-mail address`)
  return address
}

function messageOf({ from, to, subject, text, date }: Mail): string {
  const body = Buffer.from(text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n').trimEnd()
  const header = (value: string): string => value.replaceAll(/[\r\n]+/g, ' ')
  return [
    `From: ${header(from)}`,
    `To: ${to.map(header).join(', ')}`,
    `Subject: =?utf-8?B?${Buffer.from(header(subject)).toString('base64')}?=`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${date.getTime()}.${process.pid}@${ownName()}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    'Auto-Submitted: auto-generated',
    '',
    body,
  ].join('\r\n')
}

function ownName(): string {
  const name = hostname()
  return /^[\w.-]{1,200}$/.test(name) ? name : 'localhost'
}
