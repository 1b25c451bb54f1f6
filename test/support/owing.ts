import { expect } from 'vitest'
import { balanceOf } from '../../server/money/queries.ts'
import type { TestClinic } from './clinic.ts'

/** Q2: the visits that the database keeps as owing are those whose balance, derived by the rules, is above zero (M2). */
export function expectOwingAsDerived({ hub }: TestClinic): void {
  const { read } = hub.databases
  const visits = read.all<{ id: string }>`select id from visits order by id`
  const derived = visits.filter(({ id }) => balanceOf(read, id) > 0)
  expect(read.all`select visitId as id from owingVisits order by visitId`).toEqual(derived)
}
