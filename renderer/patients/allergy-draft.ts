import type { Allergies } from '../../contract/patients.ts'

export type AllergyFields = Pick<Allergies, 'state' | 'items'>
type Item = Allergies['items'][number]

/** What a person changed of a patient's allergies, how they stood when they did, and whether others' words are in it. */
export type AllergyDraft = { began: AllergyFields | null; mine: AllergyFields | null; met?: boolean }
export const nothingChanged: AllergyDraft = { began: null, mine: null }

const fieldsIn = ({ state, items }: AllergyFields): AllergyFields => ({ state, items })
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * Q10: a draft on the allergies as they are now. Where somebody else changed them since (`met`), both are put together line
 * by line: no substance that either wrote down is lost, and what one took off stays off unless the other wrote more about it.
 */
export function onAllergies({ began, mine, met = false }: AllergyDraft, allergies: AllergyFields) {
  if (!began || !mine) return { fields: fieldsIn(allergies), met: false }
  if (isSame(began, fieldsIn(allergies))) return { fields: mine, met }
  if (isSame(written(mine), fieldsIn(allergies))) return { fields: mine, met: false }
  return { fields: together(began, mine, allergies), met: true }
}

export function withPart(draft: AllergyDraft, allergies: AllergyFields, part: Partial<AllergyFields>): AllergyDraft {
  const began = fieldsIn(allergies)
  const { fields, met } = onAllergies(draft, allergies)
  const mine = { ...fields, ...part }
  return isSame(began, mine) ? nothingChanged : { began, mine, met }
}

/** What is sent: without lines that nothing stands in. */
export const written = ({ state, items }: AllergyFields): AllergyFields => ({
  state,
  items: state === 'listed' ? items.filter((item) => item.substance.trim()) : [],
})

function together(began: AllergyFields, mine: AllergyFields, theirs: AllergyFields): AllergyFields {
  const [was, own] = [written(began).items, written(mine).items]
  const standing = theirs.items.flatMap((item) => onTheirs(item, among(was, item), among(own, item)))
  const added = own.filter((item) => !among(theirs.items, item) && !isSame(among(was, item), item))
  const items = [...standing, ...added]
  if (items.length > 0) return { state: 'listed', items }
  return { state: theirs.state === began.state ? mine.state : theirs.state, items }
}

const nameOf = ({ substance }: Item) => substance.trim().toLocaleLowerCase()
const among = (items: readonly Item[], one: Item) => items.find((item) => nameOf(item) === nameOf(one))

function onTheirs(theirs: Item, was: Item | undefined, own: Item | undefined): Item[] {
  if (!own) return was?.reaction === theirs.reaction ? [] : [theirs]
  const [before = '', reaction] = [was?.reaction, own.reaction.trim()]
  if (reaction === before || reaction === '' || reaction === theirs.reaction) return [theirs]
  return [{ ...theirs, reaction: theirs.reaction === before ? reaction : both(theirs.reaction, reaction) }]
}

const both = (theirs: string, own: string) => [theirs, own].filter(Boolean).join('; ')
