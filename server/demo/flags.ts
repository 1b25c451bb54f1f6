import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { Fault } from '../../local/fault.ts'
import { DEFAULT_PORT } from '../../local/settings.ts'

export type DemoFlags = {
  speed: number
  seed: string
  port: number
  /** `null`: a temporary folder. */
  data: string | null
  open: boolean
  help: boolean
}

export const DEMO_HELP = `Anteroom's demonstration: a clinic of four doctors and 3,000 patients, with a day in motion.

  npm run demo -- [options]

  --speed NUMBER   how fast the clinic's clock runs; 1 is real time    default 6
  --seed TEXT      another seed, another clinic                        default 1
  --port NUMBER    port on this computer                               default ${DEFAULT_PORT}
  --data FOLDER    where the data lies, kept for the next time         default a temporary folder
                   (a clock never goes back: started again, it is the morning of the clinic's next day)
  --no-open        does not open the browser
  --help           this text`

/** Reads the demonstration's flags. Throws Fault for what is not one. */
export function readDemoFlags(argv: string[]): DemoFlags {
  const values = parseFlags(argv, {
    speed: { type: 'string' },
    seed: { type: 'string' },
    port: { type: 'string' },
    data: { type: 'string' },
    'no-open': { type: 'boolean' },
    help: { type: 'boolean' },
  })
  return {
    speed: numberFlag('speed', values.speed ?? '6', 0.1, 600),
    seed: values.seed ?? '1',
    port: numberFlag('port', values.port ?? String(DEFAULT_PORT), 0, 65_535),
    data: values.data ?? null,
    open: !values['no-open'],
    help: values.help ?? false,
  }
}

/** Options as node:util parses them. Throws Fault, one line, for what is not an option. */
export function parseFlags<const O extends ParseArgsOptionsConfig>(argv: string[], options: O) {
  try {
    return parseArgs({ args: argv, strict: true, options }).values
  } catch (error) {
    throw new Fault(error instanceof Error ? `${error.message}.` : 'A flag is not right.', 'See --help.', {
      cause: error,
    })
  }
}

/** A number within limits. Throws Fault naming the flag. */
export function numberFlag(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new Fault(`--${name} must be a number from ${least} to ${most}, not "${text}".`, 'See --help.')
}
