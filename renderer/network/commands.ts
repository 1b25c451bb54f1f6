import type { Network } from '../../contract/network.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { t } from '../ui/i18n.ts'
import { hubInUse } from '../ui/in-use.ts'
import { confirm } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'

export type Took = (network: Network) => void

type Cards = Network['cards']

/** U4: what the hub listened on before is offered back. */
export async function chooseCards(before: Cards, cards: Cards, took: Took, undoing = false) {
  const network = await perform({ key: 'network.cards', run: () => api.network.choose({ body: { cards } }) })
  if (!network) return
  took(network)
  const text = t(undoing ? 'network.cardsUndone' : 'network.cardsChosen')
  if (undoing) return toast({ tone: 'plain', subject: 'network.cards', text })
  const run = () => void chooseCards(cards, before, took, true)
  toast({ tone: 'plain', subject: 'network.cards', text, undo: run })
}

export async function rotateRoot(took: Took) {
  const sure = await confirm({
    title: t('network.rotateTitle'),
    about: t('network.rotateAbout'),
    text: t('network.rotateText'),
    verb: t('network.rotateVerb'),
  })
  if (!sure) return
  const network = await perform({
    key: 'network.root',
    run: () => api.network.rotateRoot({}),
    on: { in_use: hubInUse },
  })
  if (network) took(network)
}

/** U4: whoever has not fetched the new root is cut off, so it is asked for with their names. */
export async function finishRotation(waiting: readonly string[], took: Took) {
  const sure =
    waiting.length === 0 ||
    (await confirm({
      title: t('network.finishTitle'),
      about: waiting.join(', '),
      text: t('network.finishText', { count: waiting.length }),
      verb: t('network.finishVerb'),
      danger: true,
    }))
  if (!sure) return
  const network = await perform({ key: 'network.root', run: () => api.network.finishRotation({}) })
  if (!network) return
  took(network)
  toast({ tone: 'plain', text: t('network.finished') })
}
