import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Child } from '../../electron/desktop.ts'

/** A process of our own behind the part of Electron's `UtilityProcess` that the shell uses. */
export function aChildProcess(entry: string, argv: string[]): Child {
  const emitter = new EventEmitter()
  const process_ = fork(entry, argv, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  process_.on('message', (message) => emitter.emit('message', message))
  process_.on('exit', (code, signal) => emitter.emit('exit', code ?? (signal ? 128 : 0)))
  return Object.assign(emitter, {
    pid: process_.pid,
    postMessage: (message: unknown) => {
      if (process_.connected) process_.send(message as object)
    },
  })
}
