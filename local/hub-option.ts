import { Fault } from './fault.ts'

/** How `--hub` is told in the help of those who take it. */
export const HUB_HELP = `  --hub ADDRESS       join this hub now: an address, or a pairing string; the six digits are printed here`

/**
 * `--hub` is the station's alone; the other options are those of every command.
 *
 * @throws Fault when it has no value
 */
export function takeHub(argv: string[]): { hub?: string; rest: string[] } {
  const at = argv.findIndex((arg) => arg === '--hub' || arg.startsWith('--hub='))
  const arg = argv[at]
  if (arg === undefined) return { rest: argv }
  const hub = arg === '--hub' ? argv[at + 1] : arg.slice('--hub='.length)
  if (!hub) throw new Fault('The option --hub needs a value.', 'See --help.')
  return { hub, rest: argv.toSpliced(at, arg === '--hub' ? 2 : 1) }
}
