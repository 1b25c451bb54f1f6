import { X509Certificate } from 'node:crypto'
import { Refusal } from '../../contract/errors.ts'
import { crossSign, derOf, fingerprintOf, makeLeaf, makeRoot, makeStationCertificate } from './certificates.ts'
import { type LeafFile, type RootFile, trustFiles } from './files.ts'

const DAY_MS = 86_400_000
/** How long a leaf is valid, and how much of that is left when the next one is made, in milliseconds. */
export const LEAF_MS = 90 * DAY_MS
const RENEW_BEFORE_MS = LEAF_MS / 3

/** What the hub is known by on the network, and what it signs for its stations. */
export type Trust = {
  /** The root: PEM, DER, and SHA-256 of it in base64url. */
  root(): { certificate: string; der: Uint8Array; fingerprint: string }
  /** While the root is being changed: how the one before vouches for this one, and since when. */
  rotation(): { crossSigned: string; since: string } | null
  /** The roots that a station's certificate may come from. */
  accepted(): X509Certificate[]
  /** Milliseconds of the clock by which certificates are judged. */
  now(): number
  /** What the listener shows. */
  leaf(): { key: string; chain: string; until: number }
  /** @param publicKey SubjectPublicKeyInfo, DER in base64url */
  signStation(deviceId: string, publicKey: string): Promise<string>
  /** Makes a new leaf when it is time; tells whether it did. */
  renewLeaf(): Promise<boolean>
  /**
   * Makes a new root; the one before is trusted until that is finished.
   *
   * @param since the instant that is shown, ISO-8601
   * @param agreed what has to succeed before anything is changed
   * @throws Refusal `in_use` while the one before is still trusted
   */
  rotate(since: string, agreed: () => Promise<unknown>): Promise<void>
  /** Trusts the new root alone. */
  finishRotation(): Promise<void>
}

export type TrustOptions = {
  folder: string
  hubId: string
  epoch: number
  /** Milliseconds of the real clock: stations check a leaf by theirs. */
  now: () => number
  /** The newest instant that the hub has on record, in milliseconds: a clock that is behind it is wrong. */
  latest: () => number
}

/** Opens the folder with the hub's root and leaf; makes them when they are not there. */
export async function openTrust(options: TrustOptions): Promise<Trust> {
  const { hubId, epoch, now } = options
  const files = trustFiles(options.folder)
  let root = files.readRoot() ?? (await newRoot())
  let accepted = rootsOf(root)
  let leaf = files.readLeaf()
  let rotating = false
  let renewing: Promise<unknown> = Promise.resolve()
  await renewLeaf()
  const present = (): LeafFile => {
    if (!leaf) throw new Error('there is no leaf')
    return leaf
  }

  return {
    root: () => ({
      certificate: root.certificate,
      der: derOf(root.certificate),
      fingerprint: fingerprintOf(root.certificate),
    }),
    rotation: () => root.before && { crossSigned: root.before.crossSigned, since: root.before.since },
    accepted: () => accepted,
    now,
    leaf: () => {
      const { key, certificate, until } = present()
      // A station that knows the root before alone finds its way by the certificate that it signed for this one.
      return { key, chain: certificate + (root.before ? `\n${root.before.crossSigned}` : ''), until }
    },
    signStation: (deviceId, publicKey) =>
      makeStationCertificate(root, { deviceId, key: new Uint8Array(Buffer.from(publicKey, 'base64url')) }),
    renewLeaf,
    rotate: async (since, agreed) => {
      if (rotating || root.before) throw new Refusal('in_use', { by: 'rotation' })
      rotating = true
      try {
        const next = await makeRoot(hubId)
        const crossSigned = await crossSign(next.certificate, root)
        await agreed()
        await replaceRoot({ ...next, before: { certificate: root.certificate, crossSigned, since } })
      } finally {
        rotating = false
      }
    },
    finishRotation: () => replaceRoot({ ...root, before: null }),
  }

  async function newRoot(): Promise<RootFile> {
    const made = { ...(await makeRoot(hubId)), before: null }
    files.writeRoot(made)
    return made
  }

  /** The key of a root that is no longer used is gone with its file: it can sign nothing any more. */
  async function replaceRoot(next: RootFile): Promise<void> {
    files.writeRoot(next)
    root = next
    accepted = rootsOf(root)
    await renewLeaf()
  }

  /** One after the other: a leaf of the root before must not come after one of the root that is now. */
  function renewLeaf(): Promise<boolean> {
    const renewed = renewing.then(renew, renew)
    renewing = renewed
    return renewed
  }

  async function renew(): Promise<boolean> {
    const signedBy = fingerprintOf(root.certificate)
    const at = Math.max(now(), options.latest())
    const ours = leaf?.signedBy === signedBy && leaf.hubId === hubId && leaf.epoch === epoch
    if (leaf && ours && leaf.until - at > RENEW_BEFORE_MS) return false
    // By seconds, as certificates count.
    const until = Math.floor((at + LEAF_MS) / 1000) * 1000
    const made = { ...(await makeLeaf(root, { hubId, epoch, until })), until, signedBy, hubId, epoch }
    files.writeLeaf(made)
    leaf = made
    return true
  }
}

function rootsOf({ certificate, before }: RootFile): X509Certificate[] {
  return [certificate, ...(before ? [before.certificate] : [])].map((pem) => new X509Certificate(pem))
}
