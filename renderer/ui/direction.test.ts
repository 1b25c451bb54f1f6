import { afterEach, describe, expect, test, vi } from 'vitest'
import { apart, inARow, listed, readingKey } from './direction.ts'

const written = (dir: 'ltr' | 'rtl') => vi.stubGlobal('document', { documentElement: { dir } })
afterEach(() => vi.unstubAllGlobals())

describe('U7: from right to left', () => {
  test('the left arrow leads on, up and down stay', () => {
    written('rtl')
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home'].map(readingKey)).toEqual([
      'ArrowRight',
      'ArrowLeft',
      'ArrowUp',
      'Home',
    ])
    written('ltr')
    expect(['ArrowLeft', 'ArrowRight'].map(readingKey)).toEqual(['ArrowLeft', 'ArrowRight'])
  })

  test('words that are put into a sentence are isolated from it; numbers need nothing, nor does another direction', () => {
    written('rtl')
    expect(apart('+880 17 55')).toBe('\u2068+880 17 55\u2069')
    expect(apart(12)).toBe('12')
    expect(apart('')).toBe('')
    expect(inARow(['10:44', null, 'Dr Chen'])).toBe('\u200f\u206810:44\u2069 · \u2068Dr Chen\u2069')
    expect(inARow(['', false])).toBe('')
    expect(listed(['Khan', 'P-000001'])).toBe('\u200f\u2068Khan\u2069، \u2068P-000001\u2069')
    written('ltr')
    expect(apart('+880 17 55')).toBe('+880 17 55')
    expect(inARow(['10:44', undefined, 'Dr Chen'])).toBe('10:44 · Dr Chen')
    expect(listed(['Khan', 'P-000001'])).toBe('Khan, P-000001')
  })
})
