import { describe, expect, test } from 'vitest'
import { alertToRaise, endsEpisode, highestAlert } from './risk-alert.ts'

describe('L2 once per episode', () => {
  const raising = (alert: 'warning' | 'critical' | null, raised: 'info' | 'warning' | 'critical' | null) =>
    alertToRaise({ alert }, raised)

  test('L2 past a threshold for the first time', () => {
    expect(raising('warning', null)).toBe('warning')
    expect(raising('critical', null)).toBe('critical')
    expect(raising(null, null)).toBeNull()
  })

  test('L2 not a second time, but again when it got worse', () => {
    expect(raising('warning', 'warning')).toBeNull()
    expect(raising('critical', 'critical')).toBeNull()
    expect(raising('critical', 'warning')).toBe('critical')
    expect(raising('warning', 'critical')).toBeNull()
    expect(raising(null, 'critical')).toBeNull()
  })

  test('L2 it ends with vitals that are complete and below every threshold', () => {
    expect(endsEpisode({ alert: null, complete: true })).toBe(true)
    expect(endsEpisode({ alert: null, complete: false })).toBe(false)
    expect(endsEpisode({ alert: 'warning', complete: true })).toBe(false)
  })
})

test('L1 the highest of severities', () => {
  expect(highestAlert(['info', 'critical', null, 'warning'])).toBe('critical')
  expect(highestAlert([null])).toBeNull()
})
