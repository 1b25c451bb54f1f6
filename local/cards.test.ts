import { afterEach, expect, test, vi } from 'vitest'
import { type Card, listCards, watchCards } from './cards.ts'

const card = (address: string): Card => ({ name: 'eth0', address, netmask: '255.255.255.0', broadcast: '10.0.0.255' })

afterEach(() => {
  vi.useRealTimers()
})

test('loopback is no card', () => {
  expect(listCards().map(({ address }) => address)).not.toContain('127.0.0.1')
})

test('cards are told at once, and again only when they changed', () => {
  vi.useFakeTimers()
  let present = [card('10.0.0.1')]
  const told: string[][] = []
  const stop = watchCards(
    (cards) => told.push(cards.map(({ address }) => address)),
    () => present,
  )
  vi.advanceTimersByTime(10_000)
  present = [card('10.0.0.9')]
  vi.advanceTimersByTime(10_000)
  present = []
  vi.advanceTimersByTime(10_000)
  stop()
  present = [card('10.0.0.1')]
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([['10.0.0.1'], ['10.0.0.9'], []])
})
