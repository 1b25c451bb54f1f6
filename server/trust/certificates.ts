// The only place that signs. The library costs tens of megabytes and a third of a second, so it is loaded here, when
// something has to be signed, and at no start that finds its files in order.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto'

/** Clocks of clinics are wrong, sometimes by years: everything is valid from here on. */
const FROM = new Date('2000-01-01T00:00:00.000Z')
/** Roots and stations have no end that anybody would live to see: the device table is asked, and a root is rotated. */
const FOR_EVER = new Date('2099-12-31T00:00:00.000Z')

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A certificate with the private key that it is for, both in PEM. */
export type Signed = { key: string; certificate: string }

/** The hub's name in TLS: a station checks it, whatever the address is. */
export function tlsName(hubId: string): string {
  return `hub-${hubId}`
}

/** A new root. Its name holds a random part, so that the roots before and after a rotation can be told apart. */
export async function makeRoot(hubId: string): Promise<Signed> {
  const { x509, Authority, Usage } = await library()
  const pair = newKeys()
  const name = `CN=${tlsName(hubId)} root ${randomBytes(8).toString('hex')}`
  const keys = await bothKeys(pair.key)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    serialNumber: serialNumber(),
    notBefore: FROM,
    notAfter: FOR_EVER,
    signingAlgorithm: ECDSA,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(Usage.keyCertSign, true),
      await Authority.subject(keys.publicKey),
    ],
  })
  return { key: pair.key, certificate: certificate.toString('pem') }
}

/** The root `by` vouches for the key and the name of the root `of`: who trusts the one can verify what the other signs. */
export async function crossSign(of: string, by: Signed): Promise<string> {
  const { x509, Usage } = await library()
  const subject = new X509Certificate(of)
  return sign(by, {
    subject: new x509.X509Certificate(of).subject,
    publicKey: subject.publicKey.export({ type: 'spki', format: 'der' }),
    notAfter: FOR_EVER,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(Usage.keyCertSign, true),
    ],
  })
}

/** What the hub shows on the network: for its name and epoch, until an instant. */
export async function makeLeaf(root: Signed, of: { hubId: string; epoch: number; until: number }): Promise<Signed> {
  const { x509, Usage } = await library()
  const { key, spki } = newKeys()
  const names = [
    { type: 'dns' as const, value: tlsName(of.hubId) },
    { type: 'url' as const, value: `urn:anteroom:epoch:${of.epoch}` },
  ]
  const certificate = await sign(root, {
    subject: `CN=${tlsName(of.hubId)}`,
    publicKey: spki,
    notAfter: new Date(of.until),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(Usage.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
    ],
  })
  return { key, certificate }
}

/** A station's certificate, for the key that it made. */
export async function makeStationCertificate(root: Signed, of: { deviceId: string; key: Uint8Array }): Promise<string> {
  const { x509, Usage } = await library()
  return sign(root, {
    subject: `CN=${of.deviceId}`,
    publicKey: of.key,
    notAfter: FOR_EVER,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(Usage.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  })
}

/** SHA-256 of a certificate in base64url. */
export function fingerprintOf(certificate: string): string {
  return createHash('sha256').update(derOf(certificate)).digest('base64url')
}

export function derOf(certificate: string): Uint8Array {
  return new Uint8Array(new X509Certificate(certificate).raw)
}

type Library = typeof import('@peculiar/x509')
type Subject = {
  subject: string
  publicKey: Uint8Array
  notAfter: Date
  extensions: InstanceType<Library['Extension']>[]
}

async function sign(by: Signed, { subject, publicKey, notAfter, extensions }: Subject): Promise<string> {
  const { x509, Authority } = await library()
  const keys = await bothKeys(by.key)
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: new x509.X509Certificate(by.certificate).subject,
    serialNumber: serialNumber(),
    notBefore: FROM,
    notAfter,
    publicKey: await importPublic(publicKey),
    signingKey: keys.privateKey,
    signingAlgorithm: ECDSA,
    extensions: [
      ...extensions,
      await Authority.subject(await importPublic(publicKey)),
      await Authority.issuer(keys.publicKey),
    ],
  })
  return certificate.toString('pem')
}

async function library() {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  x509.cryptoProvider.set(crypto)
  const Authority = {
    subject: (key: CryptoKey) => x509.SubjectKeyIdentifierExtension.create(key),
    issuer: (key: CryptoKey) => x509.AuthorityKeyIdentifierExtension.create(key),
  }
  return { x509, Authority, Usage: x509.KeyUsageFlags }
}

function newKeys(): { key: string; spki: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { key: privateKey, spki: new Uint8Array(publicKey) }
}

async function bothKeys(pem: string): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const key = createPrivateKey(pem)
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ECDSA, false, ['sign'])
  return { privateKey, publicKey: await importPublic(spki) }
}

function importPublic(spki: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', new Uint8Array(spki), ECDSA, true, ['verify'])
}

/** Random, and positive. */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes.readUInt8(0) & 0x7f) | 0x40
  return bytes.toString('hex')
}
