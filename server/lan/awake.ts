import { type ChildProcess, spawn } from 'node:child_process'
import { win32 } from 'node:path'
import type { Logger } from 'pino'

/** What holds the sleep of a computer off for as long as it runs, and ends with this process. */
type Holder = { command: string; args: string[] }

// Windows counts the request as its thread's own: it holds for as long as this script waits for the end of its input.
const POWERSHELL = [
  `$api = Add-Type -Name Power -Namespace Anteroom -PassThru -MemberDefinition '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint flags);'`,
  // ES_CONTINUOUS | ES_SYSTEM_REQUIRED
  '[void]$api::SetThreadExecutionState([uint32]2147483649)',
  '[void][Console]::In.ReadToEnd()',
].join('; ')
const POWERSHELL_EXE = 'System32\\WindowsPowerShell\\v1.0\\powershell.exe'

export function sleepHolder(
  platform: NodeJS.Platform,
  pid: number,
  systemRoot = process.env.SystemRoot ?? 'C:\\Windows',
): Holder | undefined {
  switch (platform) {
    case 'linux':
      return {
        command: 'systemd-inhibit',
        args: ['--what=sleep:idle', '--who=Anteroom', '--why=Stations need this computer', '--mode=block', 'cat'],
      }
    case 'darwin':
      return { command: 'caffeinate', args: ['-i', '-w', String(pid)] }
    case 'win32':
      // By its place: without one Windows looks first in the folder that the app was started in, such as that of downloads.
      return {
        command: win32.join(systemRoot, POWERSHELL_EXE),
        args: ['-NoProfile', '-NonInteractive', '-Command', POWERSHELL],
      }
    default:
      return undefined
  }
}

/**
 * Keeps this computer awake while it is hub: its stations cannot wake it. A tool that is not there is said once.
 *
 * @returns what lets it sleep again
 */
export function keepAwake(log: Logger, holder = sleepHolder(process.platform, process.pid)): () => void {
  if (!holder) {
    log.info({ platform: process.platform }, 'sleep is not held off on this system')
    return () => undefined
  }
  const child: ChildProcess = spawn(holder.command, holder.args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  })
  let stopped = false
  child.on('error', (error) => log.info({ err: error }, 'sleep is not held off: the tool for it is missing'))
  child.on('exit', (code) => {
    if (!stopped) log.info({ code }, 'sleep is no longer held off: its tool has ended')
  })
  // It ends when its input does, also when this process is killed.
  child.stdin?.on('error', () => undefined)
  child.unref()
  return () => {
    stopped = true
    child.stdin?.end()
    child.kill()
  }
}
