// Another program that has a UDP port for itself.
import { createSocket } from 'node:dgram'

createSocket('udp4').bind(Number(process.argv[2]), '0.0.0.0', () => console.log('taken'))
