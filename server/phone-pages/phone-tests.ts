import { randomBytes } from 'node:crypto'
import type { PhoneTest } from '../../contract/phone-pages.ts'

/** The phone tests that are under way: in memory, one a clinic. A restart ends them, and one begins another. */
export type PhoneTests = {
  begin(clinicId: string, address: string): PhoneTest
  of(clinicId: string): PhoneTest | undefined
  /** A phone has opened the page of a code; `false` when there is no such test. */
  opened(code: string): boolean
  end(clinicId: string): void
}

const LASTS_MS = 15 * 60_000

/** @param now milliseconds of the real clock: people stand there with a phone in their hand */
export function createPhoneTests(now: () => number = Date.now): PhoneTests {
  const tests = new Map<string, PhoneTest>()
  const live = (clinicId: string): PhoneTest | undefined => {
    const test = tests.get(clinicId)
    return test && Date.parse(test.until) > now() ? test : undefined
  }
  return {
    begin: (clinicId, address) => {
      const code = randomBytes(16).toString('base64url')
      const until = new Date(now() + LASTS_MS).toISOString()
      const test = { code, address, url: `http://${address}/phone-test/${code}`, until, openedAt: null }
      tests.set(clinicId, test)
      return test
    },
    of: live,
    opened: (code) => {
      for (const [clinicId, { openedAt, ...test }] of tests) {
        if (test.code !== code || !live(clinicId)) continue
        tests.set(clinicId, { ...test, openedAt: openedAt ?? new Date(now()).toISOString() })
        return true
      }
      return false
    },
    end: (clinicId) => {
      tests.delete(clinicId)
    },
  }
}
