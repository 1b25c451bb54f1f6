import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, win32 } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { LAN_PORT } from '../contract/discovery.ts'
import { PUBLIC_PORT } from '../contract/public-words.ts'
import { type InstallRole, role } from '../contract/station.ts'
import { Fault } from './fault.ts'
import { replaceFile } from './replace-file.ts'

/** Where this computer's pages, API and sockets are. */
export const DEFAULT_PORT = 8742

/** A process that ends with it wants to be started again in the role that is now in the settings. */
export const ROLE_CHANGED = 75

const port = z
  .union([z.int(), z.string().regex(/^\d+$/, 'must be a number').transform(Number)])
  .pipe(z.int().min(0).max(65_535))

const settings = z.strictObject({
  data: z.string().min(1),
  port,
  /** The hub's port on the network; `0` takes any. */
  lanPort: port,
  /** The hub's port for boards and patients' phones; `0` takes any. */
  publicPort: port,
  /** The only network cards that are used, `null` for all of them. */
  cards: z
    .union([z.array(z.string()), z.string().transform((names) => names.split(',').map((name) => name.trim()))])
    .nullable(),
  role,
})
export type Settings = z.infer<typeof settings>

type Given = { data?: string; port?: string; lanPort?: string; publicPort?: string; cards?: string }

const OPTIONS = `  --data FOLDER       where the data lies            ANTEROOM_DATA       default ${defaultFolder()}
  --port NUMBER       port on this computer          ANTEROOM_PORT       default ${DEFAULT_PORT}
  --lan-port NUMBER   the hub's port on the network  ANTEROOM_LAN_PORT   default ${LAN_PORT}
  --public-port NUMBER  for boards and phones        ANTEROOM_PUBLIC_PORT  default ${PUBLIC_PORT}
  --cards NAMES       only these network cards       ANTEROOM_CARDS      as eth0,wlan0; default all
  --help              this text

Options come before the environment, the environment before settings.json in the data folder.
ANTEROOM_LOG sets how much is logged (error, warn, info).`

/** The help of a command: what it is, how it is called, and the options that all have. */
export function helpOf(about: string): string {
  return `${about}\n\n${OPTIONS}`
}

/**
 * Flags, then the environment, then the settings file in the data folder. Answers `help` when that was asked for.
 *
 * @throws Fault that names the setting that is not right
 */
export function readSettings(argv: string[], env: NodeJS.ProcessEnv): Settings | 'help' {
  const { help, ...flags } = parseFlags(argv)
  if (help) return 'help'
  const data = dataFolder(argv, env)
  const defaults = { port: DEFAULT_PORT, lanPort: LAN_PORT, publicPort: PUBLIC_PORT, cards: null, role: 'new' }
  const parsed = settings.safeParse({ ...defaults, ...fromFile(data), ...fromEnvironment(env), ...flags, data })
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  throw new Fault(`The setting "${first?.path.join('.')}" is not right: ${first?.message}.`, 'See --help.')
}

/** Where the data lies: known also when the settings file in it cannot be read. */
export function dataFolder(argv: string[], env: NodeJS.ProcessEnv): string {
  return parseFlags(argv).data ?? (env.ANTEROOM_DATA || defaultFolder())
}

/** Keeps what this computer is in its settings file; a power cut leaves the old file or the new one. */
export function writeRole(data: string, wanted: InstallRole): void {
  mkdirSync(data, { recursive: true })
  replaceFile(settingsFile(data), `${JSON.stringify({ ...fromFile(data), role: wanted }, null, 2)}\n`)
}

function parseFlags(argv: string[]): Given & { help?: boolean } {
  try {
    const text = { type: 'string' } as const
    const ports = { port: text, 'lan-port': text, 'public-port': text }
    const options = { data: text, ...ports, cards: text, help: { type: 'boolean' } } as const
    const {
      'lan-port': lanPort,
      'public-port': publicPort,
      ...rest
    } = parseArgs({ args: argv, options, strict: true }).values
    return {
      ...rest,
      ...(lanPort === undefined ? {} : { lanPort }),
      ...(publicPort === undefined ? {} : { publicPort }),
    }
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'An option is not right'
    throw new Fault(`${what}.`, 'See --help.', { cause: error })
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Given {
  return {
    ...(env.ANTEROOM_PORT ? { port: env.ANTEROOM_PORT } : {}),
    ...(env.ANTEROOM_LAN_PORT ? { lanPort: env.ANTEROOM_LAN_PORT } : {}),
    ...(env.ANTEROOM_PUBLIC_PORT ? { publicPort: env.ANTEROOM_PUBLIC_PORT } : {}),
    ...(env.ANTEROOM_CARDS ? { cards: env.ANTEROOM_CARDS } : {}),
  }
}

function settingsFile(data: string): string {
  return join(data, 'settings.json')
}

function fromFile(data: string): object {
  const file = settingsFile(data)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object
  } catch (error) {
    throw new Fault(`The settings file ${file} is not valid JSON.`, 'Mend it or move it away.', { cause: error })
  }
}

/**
 * This user's own. A folder of the whole machine is the service's (`serviceFolder`): who else might write there could
 * take a station's key, or a hub's patients. Not a roaming one either: a key and a database stay on their computer.
 */
export function defaultFolder(
  platform: NodeJS.Platform = process.platform,
  env = process.env,
  home = homedir(),
): string {
  if (platform === 'win32') return win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'Anteroom')
  if (platform === 'darwin') return join(home, 'Library/Application Support/Anteroom')
  return join(env.XDG_DATA_HOME ?? join(home, '.local/share'), 'anteroom')
}
