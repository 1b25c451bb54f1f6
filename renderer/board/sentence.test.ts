import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SPEECH_LANGUAGES, SPOKEN_LETTERS, SPOKEN_NUMBERS, SPOKEN_WORDS } from '../../contract/speech.ts'
import { TICKET_LETTERS } from '../../rules/ticket.ts'
import { roomCode } from './room-label.ts'
import { sentenceOf } from './sentence.ts'
import { filled, wordsOf } from './words.ts'

const said = (ticket: string, room: string | null) =>
  sentenceOf({ ticket, room }, 'en').filter((part) => typeof part === 'string')

describe('S4: what is said', () => {
  test('the ticket by letter and digits, the room by its number', () => {
    expect(said('A014', '2')).toEqual(['en/ticket', 'letters/a', 'en/0', 'en/1', 'en/4', 'en/room', 'en/2'])
    expect(said('B1000', 'Room 12').slice(1)).toEqual([
      ...['letters/b', 'en/1', 'en/0', 'en/0', 'en/0', 'en/room', 'en/12'],
    ])
  })

  test.each([
    ['2', ['en/2']],
    ['room 07', ['en/7']],
    ['2b', ['en/2', 'letters/b']],
    ['C-3', ['letters/c', 'en/3']],
    ['রুম ২', ['en/2']],
    ['غرفة ٢', ['en/2']],
    ['104', ['en/1', 'en/0', 'en/4']],
  ])('room %s', (label, clips) => {
    expect(said('A001', label).slice(5)).toEqual(['en/room', ...clips])
  })

  test.each(['Laboratory', 'Room of rest', '', '1234', null])('of %s only that it is on the screen', (label) => {
    expect(said('A001', label).slice(5)).toEqual(['en/look'])
  })

  test('there is a clip for whatever can be said', () => {
    const clip = (name: string) => existsSync(join(import.meta.dirname, `../../resources/speech/${name}.opus`))
    const names = SPEECH_LANGUAGES.flatMap((language) =>
      [...SPOKEN_WORDS, ...SPOKEN_NUMBERS].map((name) => `${language}/${name}`),
    )
    const missing = ['chime', ...names, ...SPOKEN_LETTERS.map((letter) => `letters/${letter}`)].filter(
      (name) => !clip(name),
    )
    expect(missing).toEqual([])
    const tickets = [...TICKET_LETTERS].map((letter) => `${letter}987`)
    for (const language of SPEECH_LANGUAGES)
      for (const ticket of tickets)
        for (const part of sentenceOf({ ticket, room: 'Z99' }, language))
          if (typeof part === 'string') expect(clip(part), part).toBe(true)
  })
})

test('a room’s label is read in any digits; a word is none', () => {
  expect(roomCode('Room ٣')).toEqual({ letterBefore: '', number: '3', letterAfter: '' })
  expect(roomCode('Room')).toBeUndefined()
  expect(roomCode('Lab 2')).toBeUndefined()
})

test('the three languages say the same things', () => {
  const values = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([value]) => value).sort()
  const { en, bn, ar } = { en: wordsOf('en'), bn: wordsOf('bn'), ar: wordsOf('ar') }
  for (const other of [bn, ar]) {
    expect(Object.keys(other)).toEqual(Object.keys(en))
    for (const [key, text] of Object.entries(en)) expect(values(other[key as keyof typeof en])).toEqual(values(text))
  }
  expect(filled(en.announced, { ticket: 'A014', room: 'Room 2' })).toBe('Ticket A014, Room 2')
})
