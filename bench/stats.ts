/** The value below which a share (0 to 1) of the samples lies; 0 for none. Sorts what it is given. */
export function percentile(samples: Float64Array | number[], share: number): number {
  if (samples.length === 0) return 0
  const sorted = Array.isArray(samples) ? samples.sort((a, b) => a - b) : samples.sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}

/** The least and the most. */
export function spread(samples: readonly number[]): [number, number] {
  return [Math.min(...samples), Math.max(...samples)]
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
