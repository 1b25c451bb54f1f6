import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../contract/network.ts'
import { OutcomeMark } from '../connection-doctor/OutcomeMark.tsx'
import { useBusy } from '../live/perform.ts'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { chooseCards, type Took } from './commands.ts'

/** Which cards the hub listens on: all, also those that come later, or some by name. */
export function CardsPart({ network, onTake }: { network: Network; onTake: Took }) {
  const { t } = useTranslation()
  const busy = useBusy('network.cards')
  const { cards, present } = network
  const all = cards === 'all'
  const names = [...new Set([...present.map(({ name }) => name), ...(all ? [] : cards)])]
  const chosen = all ? names : cards
  const choose = (next: Network['cards']) => void chooseCards(cards, next, onTake)
  const toggle = (name: string, on: boolean) => choose(on ? [...chosen, name] : chosen.filter((each) => each !== name))
  return (
    <Part title={t('network.cards')} hint={t('network.cardsHint')}>
      <Checkbox
        label={t('network.allCards')}
        checked={all}
        disabled={busy}
        onChange={(event) => choose(event.currentTarget.checked ? 'all' : names)}
      />
      {names.length === 0 ? (
        <p className="soft">{t('network.noCards')}</p>
      ) : (
        <table className={sheet.table} aria-label={t('network.cards')}>
          <thead>
            <tr>
              <th scope="col">{t('network.card')}</th>
              <th scope="col">{t('network.address')}</th>
              <th scope="col">{t('common.state')}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const mine = present.filter((card) => card.name === name)
              return (
                <tr key={name}>
                  <th scope="row">
                    {all ? (
                      name
                    ) : (
                      <Checkbox
                        label={name}
                        checked={chosen.includes(name)}
                        disabled={busy}
                        onChange={(event) => toggle(name, event.currentTarget.checked)}
                      />
                    )}
                  </th>
                  <td>{mine.map(({ address }) => address).join(', ') || t('network.noAddress')}</td>
                  <td>
                    <CardState cards={mine} chosen={chosen.includes(name)} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Part>
  )
}

function CardState({ cards, chosen }: { cards: Network['present']; chosen: boolean }) {
  const { t } = useTranslation()
  if (!chosen) return t('network.notChosen')
  if (cards.length === 0) return t('network.away')
  const listening = cards.every((card) => card.listening)
  return (
    <OutcomeMark
      outcome={listening ? 'passed' : 'failed'}
      word={t(listening ? 'network.listening' : 'network.silent')}
    />
  )
}
