import { cardsNamed } from '../local/cards.ts'
import { Fault } from '../local/fault.ts'
import { makeDataFolder } from '../local/make-folder.ts'
import { findParent } from '../local/parent.ts'
import { helpOf, ROLE_CHANGED, readSettings, writeRole } from '../local/settings.ts'
import { createHub } from './hub.ts'

const HELP = helpOf(`Anteroom's hub: the clinic's data, its API and its live feed.

  npm run hub -- [options]`)

/** The hub's command line. A fault is one line with what to do, and an exit code that is not 0. */
async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings === 'help') {
    console.log(HELP)
    return
  }
  // What is made from here on, by SQLite too, is nobody else's, wherever the folder lies.
  process.umask(0o077)
  makeDataFolder(settings.data)
  const hub = await createHub({
    dataDir: settings.data,
    port: settings.port,
    lanPort: settings.lanPort,
    publicPort: settings.publicPort,
    lan: { listCards: cardsNamed(settings.cards) },
    onResign: () => {
      writeRole(settings.data, 'new')
      return () => end(ROLE_CHANGED)
    },
  })
  const end = (code: number) => {
    hub.close().then(() => process.exit(code), fail)
  }
  const stop = () => end(0)
  findParent(stop)?.ready(hub)
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  console.log(`Anteroom's hub is ready: ${hub.url}   (data in ${settings.data}; Ctrl+C stops it)`)
  const { port, addresses = [] } = hub.lan ?? {}
  if (addresses.length === 0) console.log('No network card is listened on: stations cannot reach it yet.')
  else console.log(`Stations reach it at ${addresses.map((address) => `${address}:${port}`).join(', ')}`)
  const screens = hub.publicSide
  if (screens && screens.addresses.length > 0)
    console.log(`Screens and phones at ${screens.addresses.map((address) => `${address}:${screens.port}`).join(', ')}`)
}

async function fail(error: unknown): Promise<never> {
  if (error instanceof Fault) {
    console.error(`${error.message} ${error.advice}`)
    await findParent(() => undefined)?.fault(error)
  } else console.error(error)
  process.exit(1)
}

main().catch(fail)
