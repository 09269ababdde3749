import { X509Certificate, createPrivateKey } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { CannotRun } from '../cannot-run.ts'

/** Key and certificate, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/**
 * What `--https`, `--tls-cert` and `--tls-key` ask for: the team's own files, else a certificate for this machine that is
 * made once and kept in the system's cache folder; `undefined` where nobody wants TLS. Throws `CannotRun` (TL9003) for
 * files that can't be used.
 */
export async function certificateFor(
  args: {
    readonly https?: boolean | undefined
    readonly 'tls-cert'?: string | undefined
    readonly 'tls-key'?: string | undefined
  },
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Certificate | undefined> {
  const [cert, key] = [args['tls-cert'], args['tls-key']]
  if (cert !== undefined || key !== undefined) {
    if (cert === undefined || key === undefined)
      throw new CannotRun('TL9003', '`--tls-cert` and `--tls-key` go together: give both files.')
    return checked({ cert: read(resolve(cwd, cert)), key: read(resolve(cwd, key)) })
  }
  return args.https === true ? ownCertificate(cacheFolder(env)) : undefined
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new CannotRun('TL9003', `\`${path}\` can't be read. Name a PEM file.`)
  }
}

function checked(pair: Certificate): Certificate {
  try {
    const certificate = new X509Certificate(pair.cert)
    if (certificate.validToDate.getTime() < Date.now())
      throw new CannotRun('TL9003', `The certificate ran out on ${certificate.validTo}.`)
    return pair
  } catch (error) {
    if (error instanceof CannotRun) throw error
    throw new CannotRun('TL9003', '`--tls-cert` holds no certificate in PEM form.')
  }
}

/** Where programs of this user keep what can be made again. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own =
    env['XDG_CACHE_HOME'] ??
    (process.platform === 'win32'
      ? env['LOCALAPPDATA']
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : undefined)
  return join(own === undefined || own === '' ? join(homedir(), '.cache') : own, 'throughline')
}

const DAY = 86_400_000

/** The certificate for localhost, made when there is none or it is about to run out. */
async function ownCertificate(folder: string): Promise<Certificate> {
  const files = { cert: join(folder, 'localhost.pem'), key: join(folder, 'localhost-key.pem') }
  const known = kept(files)
  if (known !== undefined) return known
  const { generate } = await import('selfsigned')
  const now = Date.now()
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + 365 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: '*.localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  const pair = { cert: made.cert, key: made.private }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    keep(files.key, pair.key)
    keep(files.cert, pair.cert)
  } catch {
    // a folder that can't be written to: a new certificate each time
  }
  return pair
}

function kept(files: Certificate): Certificate | undefined {
  try {
    const pair = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') }
    const certificate = new X509Certificate(pair.cert)
    const isOwn = certificate.checkPrivateKey(createPrivateKey(pair.key))
    return isOwn && certificate.validToDate.getTime() > Date.now() + DAY ? pair : undefined
  } catch {
    return undefined
  }
}

/** Whole or not at all, and for this user only. */
function keep(path: string, text: string): void {
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, text, { mode: 0o600 })
  chmodSync(beside, 0o600)
  renameSync(beside, path)
}
