import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Child } from '../../electron/desktop.ts'

export type ChildProcess = Child & {
  /** From now on its end is told when what is answered is called, as on a computer that has no time for it. */
  holdExit(): () => void
}

/** A process of our own behind the part of Electron's `UtilityProcess` that the shell uses. */
export function aChildProcess(entry: string, argv: string[]): ChildProcess {
  const emitter = new EventEmitter()
  const process_ = fork(entry, argv, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const told = { now: Promise.resolve() }
  process_.on('message', (message) => emitter.emit('message', message))
  process_.on('exit', (code, signal) => void told.now.then(() => emitter.emit('exit', code ?? (signal ? 128 : 0))))
  return Object.assign(emitter, {
    pid: process_.pid,
    postMessage: (message: unknown) => {
      // As Electron's: what the dead are told is lost without a word.
      if (process_.connected) process_.send(message as object, undefined, undefined, () => undefined)
    },
    holdExit: () => {
      const held = Promise.withResolvers<void>()
      told.now = held.promise
      return held.resolve
    },
  })
}
