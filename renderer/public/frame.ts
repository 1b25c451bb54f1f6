import type { Language } from '../ui/i18n.ts'
import { el } from './dom.ts'
import { keepLanguage, LANGUAGES, language, speak, t } from './words.ts'

/** What stands around a page: the clinic's name, the languages, and whether it is live. The page's own part is between. */
export type Frame = {
  main: HTMLElement
  clinic(name: string): void
  connected(live: boolean): void
  /** Said to who does not look. */
  say(text: string): void
  /** Words of this frame in the language that is spoken now. */
  words(): void
}

/** @param changed the language is another one: the page writes itself anew */
export function frameOf(changed: () => void): Frame {
  const name = el('p', { class: 'clinic' })
  const languages = el('div', { class: 'languages', role: 'group' })
  const lost = el('p', { class: 'lost', role: 'status' })
  const said = el('p', { class: 'unseen', role: 'status' })
  const main = el('main', {})
  let live = true
  document.body.replaceChildren(el('header', {}, name, languages), lost, main, said)
  words()
  return {
    main,
    clinic: (text) => {
      name.textContent = text
    },
    connected: (now) => {
      live = now
      lost.textContent = live ? '' : t('lost')
    },
    say: (text) => {
      if (said.textContent !== text) said.textContent = text
    },
    words,
  }

  function words(): void {
    languages.setAttribute('aria-label', t('language'))
    lost.textContent = live ? '' : t('lost')
    const focused = languages.contains(document.activeElement)
    const buttons = (Object.keys(LANGUAGES) as Language[]).map((each) =>
      el(
        'button',
        { type: 'button', lang: each, 'aria-pressed': String(each === language()), onclick: () => void choose(each) },
        LANGUAGES[each],
      ),
    )
    languages.replaceChildren(...buttons)
    if (focused) buttons.find((button) => button.lang === language())?.focus()
  }

  async function choose(wanted: Language): Promise<void> {
    await speak(wanted)
    keepLanguage(wanted)
    words()
    changed()
  }
}

/** A page that is not there, or not any more. */
export function nothingHere(title: string, hint: string): HTMLElement {
  return el('section', { class: 'state' }, el('h1', {}, title), el('p', { class: 'hint' }, hint))
}
