import { RATING_WORDS, type RatingWord } from '../../contract/public-words.ts'
import { el } from './dom.ts'
import { act } from './follow.ts'
import { t } from './words.ts'

const STARS = [1, 2, 3, 4, 5] as const

/** What is chosen and not yet sent: it outlives a change of language, and what the hub says meanwhile. */
export type RatingDraft = { stars: number; words: Set<RatingWord> }

export const emptyRating = (): RatingDraft => ({ stars: 0, words: new Set() })

/** S5: one to five stars and ready-made words; nothing is typed. */
export function ratingForm(draft: RatingDraft, sent: () => void): HTMLElement {
  const problem = el('p', { class: 'problem', role: 'alert' })
  const send = el('button', { type: 'submit', class: 'next', disabled: draft.stars === 0 }, t('rating.send'))
  const stars = STARS.map((count) => {
    const input = el('input', {
      type: 'radio',
      name: 'stars',
      value: String(count),
      checked: draft.stars === count,
      'aria-label': t(`rating.star_${count}`),
      onchange: () => {
        draft.stars = count
        send.disabled = false
        fill()
      },
    })
    return el('label', { class: 'star' }, input, el('span', { 'aria-hidden': 'true' }, '★'))
  })
  const fill = () => {
    for (const [index, label] of stars.entries()) label.classList.toggle('filled', index < draft.stars)
  }
  const words = RATING_WORDS.map((word) => {
    const input = el('input', {
      type: 'checkbox',
      checked: draft.words.has(word),
      onchange: () => {
        if (!draft.words.delete(word)) draft.words.add(word)
      },
    })
    return el('label', { class: 'word' }, input, el('span', {}, t(`rating.word.${word}`)))
  })
  const submit = async (event: Event) => {
    event.preventDefault()
    send.disabled = true
    problem.textContent = ''
    if (await act('rating', { stars: draft.stars, words: [...draft.words] })) return sent()
    send.disabled = false
    problem.textContent = t('failed')
  }
  fill()
  return el(
    'form',
    { class: 'rating', onsubmit: (event) => void submit(event) },
    el('h2', {}, t('rating')),
    el('fieldset', { class: 'stars' }, el('legend', { class: 'unseen' }, t('rating.stars')), ...stars),
    el('fieldset', { class: 'words' }, el('legend', {}, t('rating.words')), ...words),
    problem,
    send,
    el('p', { class: 'hint' }, t('rating.anonymous')),
  )
}

export function ratingThanks(): HTMLElement {
  return el('p', { class: 'thanks', role: 'status' }, t('rating.thanks'))
}
