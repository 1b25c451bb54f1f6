import { Server } from 'socket.io'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { listen } from '../../test/support/console.ts'

let clinic: TestClinic
afterEach(async () => {
  vi.restoreAllMocks()
  await clinic.close()
})

test('a live feed that breaks keeps neither the answer from its caller nor the commit from whoever else hears of it', async () => {
  // The rules look by themselves after hours of real time: only what is heard makes the hub go on.
  clinic = await aClinic({ hub: { clockRate: 0.001 } })
  const { as, clinicId, people } = clinic
  const desk = await listen(clinic.hub.url, { token: people.receptionist.token, clinicId })
  const visit = await clinic.aVisit()
  const raise = (severity: 'critical' | 'info') =>
    as.receptionist.alerts.raise({
      body: { id: uuidv7(), clinicId, scope: 'patient', severity, visitId: visit.id, topic: 'fell' },
    })
  const alert = await raise('critical')
  clinic.clock.pass(2)
  const broken = vi.spyOn(Server.prototype, 'to').mockImplementation(() => {
    throw new Error('the line is broken')
  })
  expect((await raise('info')).severity).toBe('info')
  expect(broken).toHaveBeenCalled()
  const asked = () => clinic.hub.databases.read.find('alerts', alert.id)?.asked
  await expect.poll(asked, { timeout: 20_000 }).toBe('doctor')
  desk.close()
})
