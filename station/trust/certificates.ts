import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

/** The hub's name in TLS: what is checked, whatever the address is. */
export function tlsName(hubId: string): string {
  return `hub-${hubId}`
}

/** `undefined` when it is no certificate. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    // Whoever sent it sent something else: the caller says so.
    return undefined
  }
}

/** SHA-256 of a certificate, in base64url. */
export function fingerprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url')
}

/** Whether a root is one: it may sign, and signed itself. */
export function isRoot(root: X509Certificate): boolean {
  return root.ca && isSignedBy(root, root)
}

export function isSignedBy(certificate: X509Certificate, signer: X509Certificate): boolean {
  return certificate.checkIssued(signer) && certificate.verify(signer.publicKey)
}

/** Whether what a listener shows was signed by that root for that hub. */
export function isLeafOf(leaf: X509Certificate, root: X509Certificate, hubId: string): boolean {
  return isSignedBy(leaf, root) && leaf.checkHost(tlsName(hubId), { subject: 'never' }) !== undefined
}

export function isValidAt(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo)
}

/** Whether a certificate is for this private key (PEM) and from that root. */
export function isOwn(certificate: X509Certificate, key: string, root: X509Certificate): boolean {
  return isSignedBy(certificate, root) && sameKey(certificate.publicKey, createPublicKey(createPrivateKey(key)))
}

/** Whether the root before vouches for the next one: for its key and its name, as for one that may sign. */
export function vouchesFor(before: X509Certificate, crossSigned: X509Certificate, next: X509Certificate): boolean {
  return (
    isSignedBy(crossSigned, before) &&
    crossSigned.ca &&
    crossSigned.subject === next.subject &&
    sameKey(crossSigned.publicKey, next.publicKey)
  )
}

function sameKey(one: KeyObject, other: KeyObject): boolean {
  return one.equals(other)
}
