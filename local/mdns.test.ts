import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { joinAgain } from './mdns.ts'

test('the group is joined where that was lost, and left alone where it was not, or where there is no such card', async () => {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  expect(joinAgain(socket, '127.0.0.1')).toBe(true)
  expect(joinAgain(socket, '127.0.0.1')).toBe(false)
  socket.dropMembership('224.0.0.251', '127.0.0.1')
  expect(joinAgain(socket, '127.0.0.1')).toBe(true)
  expect(joinAgain(socket, '192.0.2.77')).toBe(false)
  socket.close()
})
