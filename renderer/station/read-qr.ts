import { decodeQR } from 'qr/decode.js'

/** Larger pictures are made smaller: a code fills a good part of them, and a telephone's has 50 million pixels. */
const LONGEST_SIDE = 1600

/** The text of the code in a picture; `undefined` when there is none, or it is no picture. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return undefined
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const text = readPixels(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  bitmap.close()
  return text
}

/** The same of what a camera shows now. */
export function readFrame(video: HTMLVideoElement): string | undefined {
  return video.videoWidth > 0 ? readPixels(video, video.videoWidth, video.videoHeight) : undefined
}

function readPixels(source: CanvasImageSource, width: number, height: number): string | undefined {
  const pencil = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!pencil) return undefined
  pencil.drawImage(source, 0, 0, width, height)
  try {
    return decodeQR({ width, height, data: pencil.getImageData(0, 0, width, height).data })
  } catch {
    // That is how the library says that it sees no code.
    return undefined
  }
}
