import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type UpdateFile, type UpdateManifest, updateManifest } from '../contract/updates.ts'

const HELP = `Signs installers, so that hubs can hand them to their stations.

  node build/sign-update.ts --new-key FILE
      once: makes the key. FILE stays on a drive that is offline; its public half is written to build/update-key.pub,
      which every app that is built from then on believes.
  node build/sign-update.ts --key FILE --version 1.2.3 --out FOLDER INSTALLER...
      copies the installers to FOLDER with manifest.json and manifest.sig. The hub's owner puts that folder's files into
      the folder "updates" of the hub's data.`

const ROOT = resolve(import.meta.dirname, '..')
const PUBLIC_KEY = join(import.meta.dirname, 'update-key.pub')

function main(): void {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'new-key': text, key: text, version: text, out: text, 'public-key': text, help: { type: 'boolean' } },
  })
  if (values['new-key']) makeKey(values['new-key'], values['public-key'] ?? PUBLIC_KEY)
  else if (values.help || !values.key || !values.version || !values.out || positionals.length === 0) {
    console.log(HELP)
    process.exitCode = values.help ? 0 : 1
  } else signUpdate({ key: values.key, version: values.version, out: values.out, installers: positionals })
}

function makeKey(file: string, publicFile: string): void {
  keepOutside(file)
  if (existsSync(file)) throw new Error(`${file} is there already.`)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }))
  console.log(`The key is in ${file}: keep it offline. Its public half is in ${publicFile}: commit it.`)
}

type Signing = { key: string; version: string; out: string; installers: string[] }

function signUpdate({ key, version, out, installers }: Signing): void {
  keepOutside(key)
  const privateKey = createPrivateKey(readFileSync(key))
  const files = installers.map(describe)
  const manifest = updateManifest.parse({ anteroom: 'update', version, files } satisfies UpdateManifest)
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  mkdirSync(out, { recursive: true })
  for (const installer of installers) copyFileSync(installer, join(out, basename(installer)))
  writeFileSync(join(out, 'manifest.json'), text)
  writeFileSync(join(out, 'manifest.sig'), sign(null, Buffer.from(text), privateKey).toString('base64url'))
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  console.log(`Signed ${files.length} of version ${version} in ${out} with the key ${x?.slice(0, 8)}.`)
}

/** A key in the repository is a key that everybody has. */
function keepOutside(file: string): void {
  if (!relative(ROOT, resolve(file)).startsWith('..'))
    throw new Error('The private key must lie outside the repository.')
}

function describe(installer: string): UpdateFile {
  const content = readFileSync(installer)
  const name = basename(installer)
  const platform = platformOf(name)
  const arch = /arm64|aarch64/.test(name) ? 'arm64' : 'x64'
  return {
    platform,
    arch,
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('base64url'),
  }
}

function platformOf(name: string): UpdateFile['platform'] {
  if (name.endsWith('.exe')) return 'win32'
  if (name.endsWith('.dmg')) return 'darwin'
  if (name.endsWith('.AppImage') || name.endsWith('.deb')) return 'linux'
  throw new Error(`${name} is no installer: .exe, .dmg, .AppImage or .deb.`)
}

main()
