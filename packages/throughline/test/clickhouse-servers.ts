import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** ClickHouse servers of one run, each with an empty folder, on this machine only. */
export interface ClickhouseServers {
  /** Of each node: shard by shard, replica by replica. */
  readonly urls: readonly string[]
  /** The name of the cluster in the nodes' configuration. */
  readonly cluster: string
  /** Ends one node as a crash would. */
  readonly kill: (node: number) => Promise<void>
  /** Starts it again in its folder. */
  readonly start: (node: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface ClickhouseOptions {
  /** The first of the ports: three for each node, and two for ZooKeeper. */
  readonly port: number
  readonly shards?: number
  readonly replicas?: number
}

const server = '/usr/sbin/clickhouse-server'
const zookeeper = '/usr/share/java/zookeeper.jar'

/** What a machine lacks for tests with ClickHouse, in words, or `undefined`. Says it aloud: a test that did not run must not look as if it had. */
export function clickhouseMissing({ cluster = false } = {}): string | undefined {
  const names = [
    ...(existsSync(server) ? [] : ['clickhouse-server']),
    ...(!cluster || existsSync(zookeeper) ? [] : ['zookeeperd']),
  ]
  if (names.length === 0) return undefined
  const said = `needs Debian's ${names.join(' and ')}: apt-get install --no-install-recommends ${names.join(' ')}`
  process.stderr.write(`Skipped: a test with ClickHouse ${said}\n`)
  return said
}

/** The same of tests with a cluster, which takes half a minute and more: they run where the whole matrix does. */
export function clusterMissing(): string | undefined {
  return process.env['WHOLE_MATRIX'] === '1'
    ? clickhouseMissing({ cluster: true })
    : 'takes longer than the usual tests: WHOLE_MATRIX=1 npm test -- observe/store'
}

/** Starts as many nodes as shards times replicas, and ZooKeeper before them where there is more than one. */
export async function clickhouseServers({
  port,
  shards = 1,
  replicas = 1,
}: ClickhouseOptions): Promise<ClickhouseServers> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-clickhouse-'))
  const running = new Map<string, ChildProcess>()
  const count = shards * replicas
  const coordinator = port + count * 3
  const nodes = Array.from({ length: count }, (_, at) => ({
    http: port + at * 3,
    tcp: port + at * 3 + 1,
    interserver: port + at * 3 + 2,
    shard: Math.floor(at / replicas) + 1,
    replica: (at % replicas) + 1,
    folder: join(folder, `node${at}`),
  }))

  const run = (name: string, command: string, args: readonly string[], cwd: string): void => {
    const child = spawn(command, args, { cwd, stdio: 'ignore' })
    const gone = (): void => {
      if (running.get(name) === child) running.delete(name)
    }
    child.once('exit', gone)
    child.once('error', gone)
    running.set(name, child)
  }
  const start = async (at: number): Promise<void> => {
    const node = nodes[at]!
    const config = join(node.folder, 'config.xml')
    run(`node${at}`, server, [`--config-file=${config}`], node.folder)
    await answering(`http://127.0.0.1:${node.http}/ping`, () => running.has(`node${at}`))
  }
  const kill = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const child = running.get(name)
    if (child === undefined) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill(signal)
    await ended
  }
  const servers: ClickhouseServers = {
    urls: nodes.map(({ http }) => `http://127.0.0.1:${http}`),
    cluster: 'shop',
    kill: (at) => kill(`node${at}`, 'SIGKILL'),
    start,
    async close() {
      await Promise.all([...running.keys()].map((name) => kill(name, 'SIGKILL')))
      rmSync(folder, { recursive: true, force: true })
    },
  }

  const cluster = Array.from({ length: shards }, (_, shard) => {
    const own = nodes.filter((node) => node.shard === shard + 1)
    const listed = own.map(
      ({ tcp }) => `<replica><host>127.0.0.1</host><port>${tcp}</port></replica>`,
    )
    return `<shard><internal_replication>true</internal_replication>${listed.join('')}</shard>`
  })
  try {
    if (count > 1) {
      const data = join(folder, 'zookeeper')
      mkdirSync(data)
      writeFileSync(
        join(data, 'zoo.cfg'),
        `tickTime=500\ndataDir=${data}\nclientPort=${coordinator}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n`,
      )
      const classes = `/etc/zookeeper/conf:${zookeeper}`
      const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain'
      run('zookeeper', 'java', ['-cp', classes, '-Xmx256m', main, join(data, 'zoo.cfg')], data)
      await serving(coordinator, () => running.has('zookeeper'))
    }
    for (const node of nodes) {
      mkdirSync(node.folder)
      writeFileSync(
        join(node.folder, 'config.xml'),
        `<yandex>
  <logger><level>error</level><log>${node.folder}/log</log><errorlog>${node.folder}/error.log</errorlog></logger>
  <listen_host>127.0.0.1</listen_host>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <http_port>${node.http}</http_port><tcp_port>${node.tcp}</tcp_port><interserver_http_port>${node.interserver}</interserver_http_port>
  <path>${node.folder}/data/</path><tmp_path>${node.folder}/temporary/</tmp_path><user_files_path>${node.folder}/files/</user_files_path>
  <users_config>config.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size>
  <timezone>Europe/Vienna</timezone>
  <profiles><default><max_memory_usage>4000000000</max_memory_usage></default></profiles>
  <quotas><default/></quotas>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
  ${
    count === 1
      ? ''
      : `<zookeeper><node><host>127.0.0.1</host><port>${coordinator}</port></node><session_timeout_ms>6000</session_timeout_ms></zookeeper>
  <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
  <macros><shard>${node.shard}</shard><replica>${node.replica}</replica></macros>
  <remote_servers><shop>${cluster.join('')}</shop></remote_servers>`
  }
</yandex>
`,
      )
    }
    await Promise.all(nodes.map((_, at) => start(at)))
    return servers
  } catch (error) {
    await servers.close()
    throw error
  }
}

async function answering(url: string, alive: () => boolean): Promise<void> {
  await until(
    async () => (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok,
    alive,
    `ClickHouse at ${url}`,
  )
}

async function serving(port: number, alive: () => boolean): Promise<void> {
  // It takes connections before it serves them, and a node that asks in between dies of the first ON CLUSTER.
  const reached = (): Promise<boolean> =>
    new Promise((resolve, reject) => {
      let said = ''
      const socket = connect(port, '127.0.0.1', () => socket.write('srvr'))
      socket.setTimeout(2000, () => socket.destroy(new Error('timeout')))
      socket.on('data', (part: Buffer) => (said += part.toString()))
      socket.once('end', () => resolve(said.includes('Mode: ')))
      socket.once('error', reject)
    })
  await until(reached, alive, `ZooKeeper on port ${port}`)
}

async function until(
  reached: () => Promise<boolean>,
  alive: () => boolean,
  who: string,
): Promise<void> {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    if (!alive()) throw new Error(`${who} ended at once: is the port taken?`)
    if (await reached().catch(() => false)) return
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error(`${who} did not answer within a minute.`)
}
