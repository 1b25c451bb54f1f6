/** A stream of pseudo-random numbers that is the same for the same seed. */
export type Random = {
  /** Evenly in [0, 1). */
  next(): number
  /** A whole number in [from, to]. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** The standard normal distribution. */
  normal(): number
  /** A stream of its own for a part or a record, so that one more draw here changes nothing there. */
  fork(...keys: (string | number)[]): Random
}

/** Mulberry32 over a hash of the seed: small, fast and good enough to play a day with. Not for secrets. */
export function createRandom(seed: string | number): Random {
  let state = hash(String(seed))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)]
      if (item === undefined) throw new RangeError('pick from an empty list')
      return item
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (...keys) => createRandom([seed, ...keys].join('/')),
  }
}

/** A draw of a log-normal distribution given by its median; `spread` is the sigma of the logarithm. */
export function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * random.normal())
}

/** One of a list, each with its weight. Throws RangeError for an empty list. */
export function pickWeighted<T extends { weight: number }>(random: Random, list: readonly T[]): T {
  let rest = random.next() * list.reduce((sum, item) => sum + item.weight, 0)
  for (const item of list) {
    rest -= item.weight
    if (rest < 0) return item
  }
  const last = list.at(-1)
  if (last === undefined) throw new RangeError('pick from an empty list')
  return last
}

/** A list in a random order. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** A UUIDv7 for an instant (ms since the epoch) whose random part comes from a seeded stream. */
export function seededId(atMs: number, random: Random): string {
  const time = Math.max(0, Math.floor(atMs)).toString(16).padStart(12, '0')
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('')
  const variant = '89ab'[Math.floor(random.next() * 4)] ?? '8'
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}

// FNV-1a, then a final mix: near seeds give streams that have nothing in common.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) | 0
}
