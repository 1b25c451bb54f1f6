import type { InstallRole } from '../contract/station.ts'
import { entryOf } from '../local/entry.ts'
import { Fault } from '../local/fault.ts'
import { type ToChild, toParent } from '../local/parent.ts'
import { readSettings } from '../local/settings.ts'
import type { Running } from '../local/supervise.ts'
import type { Child, Desktop } from './desktop.ts'
import { type SignOfLife, watchLife } from './life.ts'

export type Ready = { port: number; publicKey: string; isAlive: SignOfLife }
type Heard = { ready(where: Ready): void; fault(fault: { message: string; advice: string }): void }

/** One that was asked to stop and does not is ended after this long, in milliseconds. */
const PATIENCE_MS = 8000

/**
 * Starts this computer's role in a process of its own. It says over its message port where it listens. Settings that cannot
 * be read are a fault of it like any other: it ends with it, and may be started again.
 */
export function startProcess(desktop: Desktop, argv: string[], heard: Heard): Running {
  try {
    const settings = readSettings(argv, process.env)
    return startRole(desktop, argv, settings === 'help' ? 'new' : settings.role, heard)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    heard.fault(error)
    return { ended: Promise.resolve(1), stop: () => undefined }
  }
}

function startRole(desktop: Desktop, argv: string[], role: InstallRole, heard: Heard): Running {
  const child = desktop.utilityProcess.fork(entryOf(role), argv, { serviceName: 'Anteroom', stdio: 'inherit' })
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const life = watchLife(child)
  let patience: ReturnType<typeof setTimeout> | undefined
  child.on('exit', (code) => {
    clearTimeout(patience)
    resolve(code)
  })
  child.on('message', (raw) => {
    const message = toParent.safeParse(raw).data
    if (!message) return
    const { kind } = message
    if (kind === 'ready') heard.ready({ port: message.port, publicKey: message.publicKey, isAlive: life.isAlive })
    else if (kind === 'fault') heard.fault(message)
    else if (kind === 'pong') life.answered(message.id)
    else answerFor(child, { ...message, value: askSafe(desktop, message) })
  })
  return {
    ended: promise,
    stop: () => {
      child.postMessage({ kind: 'stop' } satisfies ToChild)
      // Not with a signal that it can leave unheard a second time.
      patience = setTimeout(() => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'), PATIENCE_MS)
    },
  }
}

function answerFor(child: Child, { id, value }: { id: number; value: string | null }): void {
  child.postMessage({ kind: 'answer', id, value } satisfies ToChild)
}

/** The system's own safe for the station's key, in base64; `null` when there is none worth the name. */
function askSafe({ safeStorage }: Desktop, { kind, value }: { kind: 'protect' | 'unprotect'; value: string }) {
  // Linux without a keyring: what it calls encryption is a password that stands in its source.
  if (!safeStorage.isEncryptionAvailable() || safeStorage.getSelectedStorageBackend?.() === 'basic_text') return null
  if (kind === 'protect') return safeStorage.encryptString(value).toString('base64')
  try {
    return safeStorage.decryptString(Buffer.from(value, 'base64'))
  } catch {
    // Sealed by another user of this computer, or on another one: the station asks to be paired again.
    return null
  }
}
