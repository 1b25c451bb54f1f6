import { expect, test } from 'vitest'
import { type Alert, alertKind } from '../../contract/alerts.ts'
import type { Me } from '../../contract/auth.ts'
import type { Role } from '../../contract/permissions.ts'
import { asksMe, byPatient, callsForMe, howToTell, inOrder, mayAnswer } from './alert-state.ts'

const alert = (fields: Partial<Alert>): Alert => ({
  ...{ id: 'a', clinicId: 'c', scope: 'patient', severity: 'critical', visitId: 'v', ticket: 'A001', topic: null },
  ...{ note: null, raisedAt: '2026-03-09T03:00:00.000Z', raisedById: null, asked: 'nurse', dueAt: null },
  ...{ escalatedAt: null, acknowledgedAt: null, acknowledgedById: null, resolvedAt: null, resolvedById: null },
  version: 1,
  ...fields,
})
const who = (...roles: Role[]) => ({ id: 'me', roles, clinicIds: ['c'] }) as unknown as Me

test('L3 it asks the role that it has climbed to and those before it', () => {
  const asks = (asked: Alert['asked']) =>
    (['nurse', 'doctor', 'receptionist'] as const).filter((role) => asksMe(alert({ asked }), who(role)))
  expect(asks('nurse')).toEqual(['nurse'])
  expect(asks('doctor')).toEqual(['nurse', 'doctor'])
  expect(asks('everybody')).toEqual(['nurse', 'doctor', 'receptionist'])
  expect(asksMe(alert({ acknowledgedAt: 'x' }), who('nurse'))).toBe(false)
  expect(asksMe(alert({ resolvedAt: 'x' }), who('nurse'))).toBe(false)
})

test('another clinic’s is not theirs to answer, the whole hub’s is', () => {
  const elsewhere = (scope: Alert['scope']) => alert({ clinicId: 'other', scope, asked: 'everybody' })
  expect(asksMe(elsewhere('patient'), who('nurse'))).toBe(false)
  expect(asksMe(elsewhere('hospital'), who('cashier'))).toBe(true)
})

test('L3 who raised a critical one is not who answers it', () => {
  expect(mayAnswer(alert({ raisedById: 'me' }), who('nurse'))).toBe(false)
  expect(mayAnswer(alert({ raisedById: 'me', severity: 'warning' }), who('nurse'))).toBe(true)
})

test('unanswered first, gravest first, longest first', () => {
  const at = (minute: number) => `2026-03-09T03:0${minute}:00.000Z`
  const listed = inOrder([
    alert({ id: 'answered', acknowledgedAt: 'x' }),
    alert({ id: 'info', severity: 'info', raisedAt: at(0) }),
    alert({ id: 'later', raisedAt: at(2) }),
    alert({ id: 'first', raisedAt: at(1) }),
  ])
  expect(listed.map(({ id }) => id)).toEqual(['first', 'later', 'info', 'answered'])
})

test('L4 only what is critical takes the banner', () => {
  const alerts = { a: alert({}), b: alert({ id: 'b', severity: 'warning' }) }
  expect(callsForMe(alerts, who('nurse')).map(({ id }) => id)).toEqual(['a'])
  expect(callsForMe(alerts, who('cashier'))).toEqual([])
})

test('L3 a rule’s alert and one by hand about the same patient are one call; what is told to all is not joined', () => {
  const listed = [
    alert({ id: 'rule' }),
    alert({ id: 'other', visitId: 'w', ticket: 'A002' }),
    alert({ id: 'hand', raisedById: 'n' }),
    alert({ id: 'fire', scope: 'hospital', visitId: null, ticket: null, topic: 'fire' }),
    alert({ id: 'help', scope: 'clinic', visitId: null, ticket: null, topic: 'help' }),
  ]
  const ids = byPatient(listed).map((group) => group.map(({ id }) => id))
  expect(ids).toEqual([['rule', 'hand'], ['other'], ['fire'], ['help']])
})

test('L4 told as somebody has chosen, by kind and severity; what is critical, and an emergency, is heard whatever they chose', () => {
  const silent = { info: 'silent', warning: 'silent' } as const
  const chosen = {
    risk_score: { info: 'pop_up', warning: 'sound' },
    observation_overdue: silent,
    long_wait: silent,
    by_hand: silent,
  } as const
  for (const kind of alertKind.options) expect(howToTell('critical', kind, chosen), kind).toBe('sound')
  expect(howToTell('warning', 'emergency', chosen)).toBe('sound')
  expect(howToTell('warning', 'risk_score', chosen)).toBe('sound')
  expect(howToTell('info', 'risk_score', chosen)).toBe('pop_up')
  expect(howToTell('warning', 'long_wait', chosen)).toBe('silent')
  // Whoever is no clinician does not know the kind.
  expect(howToTell('warning', undefined, chosen)).toBe('silent')
  expect(howToTell('warning', undefined, undefined)).toBe('pop_up')
})
