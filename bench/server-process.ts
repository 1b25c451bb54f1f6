import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { HostOrder, HostWord } from './host.ts'

export type ServerProcess = {
  url: string
  /** Where a hub listens for stations, if it does. */
  lanPort: number | undefined
  /** Where it serves waiting-room screens and patients' pages, if it does. */
  publicUrl: string | undefined
  rssMb(): Promise<number>
  close(): Promise<void>
}

/** Starts a measured server in a process of its own. */
export async function startServer(order: HostOrder): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'host.ts'), [JSON.stringify(order)], {
    // Not those of the load generator, which collects often and briefly (package.json).
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ready = await nextWord(child)
  if (!('url' in ready)) throw new Error('The server said something else than its address.')
  return {
    url: ready.url,
    lanPort: ready.lanPort,
    publicUrl: ready.publicUrl,
    rssMb: async () => {
      child.send('memory')
      const word = await nextWord(child)
      return 'rssMb' in word ? word.rssMb : 0
    },
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.send('close')
      await gone
    },
  }
}

function nextWord(child: ChildProcess): Promise<HostWord> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`The measured server ended with ${code}.`))
    child.once('exit', died)
    child.once('message', (word) => {
      child.off('exit', died)
      resolve(word as HostWord)
    })
  })
}
