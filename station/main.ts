import type { StationState } from '../contract/station.ts'
import { cardsNamed } from '../local/cards.ts'
import { Fault } from '../local/fault.ts'
import { HUB_HELP, takeHub } from '../local/hub-option.ts'
import { makeDataFolder } from '../local/make-folder.ts'
import { findParent } from '../local/parent.ts'
import { helpOf, ROLE_CHANGED, readSettings } from '../local/settings.ts'
import { readTarget } from './pairing/target.ts'
import { createStation, type Station } from './station.ts'

const HELP = helpOf(`Anteroom's station: finds the clinic's hub, joins it, and serves its pages on this computer.

  npm run station -- [options]

${HUB_HELP}`)

/** The station's command line. A fault is one line with what to do, and an exit code that is not 0. */
async function main(): Promise<void> {
  const { hub, rest } = takeHub(process.argv.slice(2))
  const settings = readSettings(rest, process.env)
  if (settings === 'help') {
    console.log(HELP)
    return
  }
  if (hub !== undefined && !readTarget(hub))
    throw new Fault(`${hub} is neither an address nor a pairing string.`, 'See --help.')
  // What is made from here on, by SQLite too, is nobody else's, wherever the folder lies.
  process.umask(0o077)
  makeDataFolder(settings.data)
  let station: Station | undefined
  const end = (code: number) => {
    if (station) station.close().then(() => process.exit(code), fail)
    else process.exit(code)
  }
  const parent = findParent(() => end(0))
  station = await createStation({
    dataDir: settings.data,
    port: settings.port,
    role: settings.role,
    ...(parent ? { safe: parent.safe } : {}),
    cards: cardsNamed(settings.cards),
    onRoleChange: () => end(ROLE_CHANGED),
  })
  process.once('SIGINT', () => end(0))
  process.once('SIGTERM', () => end(0))
  // A computer that was not asked yet what it is, is no station.
  const ready = station.state().role === 'new' ? 'Anteroom is ready to be set up' : "Anteroom's station is ready"
  console.log(`${ready}: ${station.url}   (data in ${settings.data}; Ctrl+C stops it)`)
  tellChanges(station)
  if (hub !== undefined) joinNow(station, hub)
  parent?.ready(station)
}

function joinNow(station: Station, hub: string): void {
  const known = station.state().hub
  if (known) {
    console.log(`This computer is paired with ${known.name} already; --hub is not needed.`)
    return
  }
  station.join(hub)
}

/** What somebody without a screen has to know. */
function tellChanges(station: Station): void {
  let said = ''
  const tell = (state: StationState) => {
    const text = wordsFor(state)
    if (text !== said && text) console.log(text)
    said = text
  }
  station.onChange(tell)
  tell(station.state())
}

function wordsFor({ joining, link, hub }: StationState): string {
  if (joining?.phase === 'digits')
    return `Type these digits at the hub, "${joining.hubName}", under Administration, Computers:  ${joining.digits}`
  if (joining?.phase === 'failed') return `It did not join: ${joining.problem}.`
  if (joining) return ''
  if (link.state === 'live') return `Live: ${hub?.name ?? 'the hub'} at ${link.address}.`
  if (link.state === 'refused') return `The hub refuses this computer: ${link.why}.`
  return link.state === 'searching' ? `Looking for ${hub?.name ?? 'the hub'}.` : ''
}

async function fail(error: unknown): Promise<never> {
  if (error instanceof Fault) {
    console.error(`${error.message} ${error.advice}`)
    await findParent(() => undefined)?.fault(error)
  } else console.error(error)
  process.exit(1)
}

main().catch(fail)
