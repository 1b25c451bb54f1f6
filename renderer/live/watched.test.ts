import { expect, test } from 'vitest'
import { onWatchedChange, watchedPatients, watchPatient } from './watched.ts'

test('a patient is watched for as long as any part of the page looks at them', async () => {
  const told: (readonly string[])[] = []
  const stop = onWatchedChange(() => told.push(watchedPatients()))
  const leaveStrip = watchPatient('amara')
  const leaveChart = watchPatient('amara')
  await Promise.resolve()
  expect(told).toEqual([['amara']])
  leaveChart()
  expect(watchedPatients()).toEqual(['amara'])
  leaveStrip()
  const leaveOther = watchPatient('amara')
  await Promise.resolve()
  expect(told.at(-1)).toEqual(['amara'])
  leaveOther()
  await Promise.resolve()
  expect(told.at(-1)).toEqual([])
  stop()
})
