import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { HubFault } from './db/faults.ts'
import { DEFAULT_PORT } from './hub.ts'

const settings = z.strictObject({
  data: z.string().min(1),
  port: z
    .union([z.int(), z.string().regex(/^\d+$/, 'must be a number').transform(Number)])
    .pipe(z.int().min(0).max(65_535)),
})
export type Settings = z.infer<typeof settings>

export const HELP = `Anteroom's hub: the clinic's data, its API and its live feed.

  npm start                    starts the hub on this computer
  npm run hub -- [options]     the same, with options

  --data FOLDER   where the data lies          ANTEROOM_DATA   default ${defaultFolder()}
  --port NUMBER   port on this computer        ANTEROOM_PORT   default ${DEFAULT_PORT}
  --help          this text

Options come before the environment, the environment before settings.json in the data folder.
ANTEROOM_LOG sets how much is logged (error, warn, info).`

/** Flags, then the environment, then the settings file in the data folder. Answers `help` when that was asked for. */
export function readSettings(argv: string[], env: NodeJS.ProcessEnv): Settings | 'help' {
  const flags = parseFlags(argv)
  if (flags.help) return 'help'
  const data = flags.data ?? (env.ANTEROOM_DATA || defaultFolder())
  const parsed = settings.safeParse({ port: DEFAULT_PORT, ...fromFile(data), ...fromEnvironment(env), ...flags, data })
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  throw new HubFault(`The setting "${first?.path.join('.')}" is not right: ${first?.message}.`, 'See --help.')
}

function parseFlags(argv: string[]): { data?: string; port?: string; help?: boolean } {
  try {
    const options = { data: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } } as const
    return parseArgs({ args: argv, options, strict: true }).values
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'An option is not right'
    throw new HubFault(`${what}.`, 'See --help.', {
      cause: error,
    })
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): { port?: string } {
  return env.ANTEROOM_PORT ? { port: env.ANTEROOM_PORT } : {}
}

function fromFile(data: string): object {
  const file = join(data, 'settings.json')
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object
  } catch (error) {
    throw new HubFault(`The settings file ${file} is not valid JSON.`, 'Mend it or move it away.', { cause: error })
  }
}

function defaultFolder(): string {
  if (process.platform === 'win32') return join(process.env.PROGRAMDATA ?? homedir(), 'Anteroom')
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Anteroom')
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'anteroom')
}
