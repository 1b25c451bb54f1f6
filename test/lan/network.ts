// Computers on a network of their own: each is a network namespace, plugged into a bridge that is in a namespace too, so
// that nothing of the machine's own network is touched. Made and removed by the tests.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, connect as openSocket, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type Running = {
  child: ChildProcess
  /** The first line of its output, from now or before, that fits; what the pattern's first group caught. */
  said(pattern: RegExp): Promise<string>
  output(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

export type Host = {
  name: string
  /** Runs a command to its end, and answers what it printed. */
  exec(...command: string[]): string
  /** Starts a command and leaves it running. */
  start(...command: string[]): Running
  /** Starts one of the project's own files under Node. */
  node(file: string, ...args: string[]): Running
  /** Opens this computer's loopback port to the test: the same port of 127.0.0.1 leads there. */
  window(port: number): Promise<string>
  /** The socket in the file system, which all computers share, that leads to a port that has a window. */
  socketOf(port: number): string
  /** Plugs a card in; the first one is `eth0`. A card of its own network is seen by no other computer. */
  plug(card: string, address: string, options?: { alone?: boolean }): void
  unplug(card: string): void
  /** Ends what runs there and removes the computer. */
  remove(): Promise<void>
}

export type Lan = {
  host(name: string, address: string): Host
  /** What the wire carried, as tcpdump wrote it. */
  capture(file: string): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}

let lans = 0

/** @throws when this machine cannot make network namespaces; ask `mayMakeNetworks` first */
export function createLan(): Lan {
  lans += 1
  const prefix = `anteroom-${process.pid}-${lans}`
  const wire = `${prefix}-wire`
  const hosts = new Set<Host>()
  let plugs = 0
  ip('netns', 'add', wire)
  // Without snooping it floods multicast as the cheap switches of clinics do.
  ip('-n', wire, 'link', 'add', 'br0', 'type', 'bridge', 'mcast_snooping', '0', 'stp_state', '0', 'forward_delay', '0')
  ip('-n', wire, 'link', 'set', 'br0', 'up')

  return {
    host: (name, address) => {
      const host = makeHost(name)
      host.plug('eth0', address)
      hosts.add(host)
      return host
    },
    capture: async (file) => {
      const running = start(['ip', 'netns', 'exec', wire, 'tcpdump', '-i', 'br0', '--immediate-mode', '-U', '-w', file])
      await running.said(/(listening on)/)
      return { stop: () => running.stop('SIGINT') }
    },
    close: async () => {
      for (const host of [...hosts]) await host.remove()
      ip('netns', 'del', wire)
    },
  }

  function makeHost(name: string): Host {
    const namespace = `${prefix}-${name}`
    const started: Running[] = []
    const closing: (() => Promise<void>)[] = []
    ip('netns', 'add', namespace)
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
    const inside = (command: string[]) => ['ip', 'netns', 'exec', namespace, ...command]
    const host: Host = {
      name,
      exec: (...command) => {
        const [program = '', ...args] = inside(command)
        return execFileSync(program, args, { encoding: 'utf8' })
      },
      start: (...command) => {
        const running = start(inside(command))
        started.push(running)
        return running
      },
      node: (file, ...args) => host.start(process.execPath, file, ...args),
      window: async (port) => {
        const socket = host.socketOf(port)
        await host.node('test/lan/window.ts', socket, String(port)).said(/(open)/)
        const server = await leadTo(socket, port)
        closing.push(async () => {
          server.close()
          rmSync(socket, { force: true })
        })
        return `http://127.0.0.1:${port}`
      },
      socketOf: (port) => join(tmpdir(), `${namespace}-${port}.sock`),
      plug: (card, address, { alone = false } = {}) => {
        plugs += 1
        const peer = `p${plugs}`
        ip('link', 'add', peer, 'netns', wire, 'type', 'veth', 'peer', 'name', card, 'netns', namespace)
        if (!alone) ip('-n', wire, 'link', 'set', peer, 'master', 'br0')
        ip('-n', wire, 'link', 'set', peer, 'up')
        ip('-n', namespace, 'address', 'add', `${address}/24`, 'broadcast', '+', 'dev', card)
        ip('-n', namespace, 'link', 'set', card, 'up')
      },
      unplug: (card) => ip('-n', namespace, 'link', 'del', card),
      remove: async () => {
        hosts.delete(host)
        for (const close of closing) await close()
        for (const running of started) await running.stop('SIGKILL')
        ip('netns', 'del', namespace)
      },
    }
    return host
  }
}

/** Why this machine cannot, or `undefined`. */
export function whyNoNetworks(): string | undefined {
  try {
    const probe = `anteroom-${process.pid}-probe`
    ip('netns', 'add', probe)
    ip('netns', 'del', probe)
    return undefined
  } catch {
    return 'network namespaces cannot be made here (that needs root on Linux)'
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

function start([program = '', ...args]: string[]): Running {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const look of [...waiting]) look()
    })
  const ended = once(child, 'exit').then(() => {
    for (const look of [...waiting]) look()
  })
  return {
    child,
    output: () => lines.join('\n'),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null)
          if (found) resolve(found[1] ?? found[0])
          else if (child.exitCode !== null || child.signalCode !== null)
            reject(new Error(`${args.at(-1)} ended before it said ${pattern}:\n${lines.join('\n')}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
}

/** Makes the same port of this computer's loopback lead to a socket in the file system. */
export async function leadTo(socket: string, port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = openSocket(socket)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** A port that nobody has here, and so nobody in a fresh namespace. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
