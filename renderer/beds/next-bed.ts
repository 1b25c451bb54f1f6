type Step = { x: number; y: number }

const STEPS: Record<string, Step> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
}

/** How much further aside counts than ahead: a neighbour in the row is nearer than one a little below it. */
const ASIDE = 3

/** The bed that an arrow key goes to: the nearest on that side, as they lie on the screen. */
export function nextBed(plan: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const beds = [...plan.querySelectorAll<HTMLElement>('[data-bed]')]
  if (key === 'Home') return beds[0]
  if (key === 'End') return beds.at(-1)
  const step = STEPS[key]
  if (!step) return undefined
  const here = middleOf(from)
  const distances = beds.flatMap((bed) => {
    const there = middleOf(bed)
    const [x, y] = [there.x - here.x, there.y - here.y]
    const ahead = x * step.x + y * step.y
    return ahead > 1 ? [{ bed, far: ahead + ASIDE * Math.abs(x * step.y + y * step.x) }] : []
  })
  return distances.sort((a, b) => a.far - b.far)[0]?.bed
}

function middleOf(element: HTMLElement) {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}
