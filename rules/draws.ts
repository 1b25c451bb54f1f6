/** A number in [0, 1) that is always the same for the same subject and turn: so a draw for one changes no other's. */
export type Draws = (subject: number, turn: number) => number

/** Draws that differ with the seed. For simulation, not for secrets. */
export function drawsOf(seed: string): Draws {
  const start = subjectOf(seed)
  return (subject, turn) => mixed(start ^ Math.imul(subject, 0x9e3779b1) ^ Math.imul(turn, 0x85ebca6b)) / 4_294_967_296
}

/** A name as a subject of draws (FNV-1a). */
export function subjectOf(name: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) {
    value = Math.imul(value ^ name.charCodeAt(index), 0x01000193)
  }
  return mixed(value) | 0
}

// The finaliser of MurmurHash3 (Appleby, public domain), twice: neighbours have nothing in common.
function mixed(value: number): number {
  return finished(finished(value) + 0x6d2b79f5) >>> 0
}

function finished(value: number): number {
  let mix = value | 0
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}
