import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Hubs of several tests run beside each other. */
const ANY_PORTS = ['--lan-port', '0', '--public-port', '0']

export type HubProcess = { url: string; child: ChildProcess; kill(): Promise<void>; stop(): Promise<number | null> }

/** The hub as its users start it: its command line, in a process of its own. */
export async function startHubProcess(dataDir: string, wrapper: string[] = []): Promise<HubProcess> {
  const command = [...wrapper, process.execPath, 'server/main.ts', '--data', dataDir, '--port', '0', ...ANY_PORTS]
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the hub ended at its start with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (found) resolve(found[0])
    })
  })
  const ended = once(child, 'exit')
  return {
    url,
    child,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

export type Finished = { code: number | null; output: string }

/** Runs the hub's command line until it ends by itself. */
export async function runHubProcess(...args: string[]): Promise<Finished> {
  const child = spawn(process.execPath, ['server/main.ts', ...args, ...ANY_PORTS], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  await once(child, 'close')
  return { code: child.exitCode, output }
}
