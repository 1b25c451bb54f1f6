// Runs on one computer of the network: leads a socket in the file system, which all of them share, to its loopback.
import { connect, createServer } from 'node:net'

const [socket = '', port = ''] = process.argv.slice(2)
createServer((near) => {
  const far = connect(Number(port), '127.0.0.1')
  near.pipe(far).pipe(near)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
}).listen(socket, () => console.log('open'))
