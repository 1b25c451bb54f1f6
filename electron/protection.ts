import { execFile } from 'node:child_process'
import { lstatSync, statSync } from 'node:fs'
import { dirname, win32 } from 'node:path'
import { promisify } from 'node:util'
import { systemCode } from '../local/fault.ts'
import { hereFile } from '../local/proof.ts'
import { ADMINISTRATORS, LOCAL_SERVICE, mayOnlyBeWrittenBy, SYSTEM } from './sddl.ts'

/** Runs a program and answers what it printed. @throws whatever became of it */
export type Run = (program: string, args: string[], env: NodeJS.ProcessEnv) => Promise<string>

/** Windows may be busy after it has started; one that does not answer is answered for, in milliseconds. */
const PATIENCE_MS = 20_000

/**
 * Whether only its owner may write there: the data folder, what is public in it, and the file that says who serves it.
 * `own` is a folder of this user; a machine's own belongs to the system, its administrators and the service.
 */
export async function isProtected({ path, own }: { path: string; own: boolean }): Promise<boolean> {
  const file = hereFile(path)
  const paths = [path, dirname(file), file]
  try {
    return process.platform === 'win32' ? await isProtectedOnWindows(paths, own) : isProtectedByMode(paths, own)
  } catch (error) {
    // Gone while it was looked at, or not to be looked at by this user: it is not believed.
    if (systemCode(error) !== undefined) return false
    throw error
  }
}

const ROOT = 0

/** The machine's folder has one owner, and lies where only root may put one; one's own is oneself's, or root's. */
function isProtectedByMode(paths: string[], own: boolean): boolean {
  const stats = paths.map((path) => statSync(path))
  const owners = own ? [ROOT, process.getuid?.()] : [stats[0]?.uid]
  return stats.every(({ mode, uid }) => (mode & 0o022) === 0 && owners.includes(uid))
}

async function isProtectedOnWindows(paths: string[], own: boolean): Promise<boolean> {
  // A junction is its maker's, wherever it leads.
  if (paths.some((path) => lstatSync(path).isSymbolicLink())) return false
  const asked = await askWindows(paths, process.env.SystemRoot ?? 'C:\\Windows').catch((error: unknown) => {
    console.error('Windows does not say who may write the data folder; it is not believed.', error)
    return undefined
  })
  return asked !== undefined && isProtectedBy(asked, paths.length, own)
}

export type Asked = { user: string | undefined; descriptors: string[] }

/** By what Windows said of `count` paths. */
export function isProtectedBy({ user, descriptors }: Asked, count: number, own: boolean): boolean {
  const allowed = [SYSTEM, ADMINISTRATORS, ...(own ? [user] : [LOCAL_SERVICE])].filter((sid) => sid !== undefined)
  return descriptors.length === count && descriptors.every((sddl) => mayOnlyBeWrittenBy(sddl, allowed))
}

const ASK = `$ErrorActionPreference = 'Stop'
& "$env:SystemRoot\\System32\\whoami.exe" /user /fo csv /nh
foreach ($name in 'A', 'B', 'C') { (Get-Acl -LiteralPath (Get-Item -LiteralPath "Env:ANTEROOM_$name").Value).Sddl }`

/**
 * This user's SID and the security descriptors of three paths. No shell, nothing found by a search path, and no path is
 * part of a command: whatever a folder is called, it is only read.
 */
export async function askWindows(paths: string[], systemRoot: string, run: Run = runProgram): Promise<Asked> {
  const home = win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0')
  const named = Object.fromEntries(paths.map((path, at) => [`ANTEROOM_${'ABC'[at]}`, path]))
  // Modules of Windows itself, and of nobody's profile.
  const env = { ...process.env, SystemRoot: systemRoot, PSModulePath: win32.join(home, 'Modules'), ...named }
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', ASK]
  const printed = await run(win32.join(home, 'powershell.exe'), args, env)
  const [who = '', ...descriptors] = printed.split(/\r?\n/).filter((line) => line !== '')
  return { user: /"(S-1-[\d-]+)"$/.exec(who.trim())?.[1], descriptors }
}

const execute = promisify(execFile)

async function runProgram(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await execute(program, args, { env, timeout: PATIENCE_MS, windowsHide: true })
  return stdout
}
