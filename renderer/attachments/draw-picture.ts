const QUALITY = 0.85

/**
 * A picture drawn anew from its points, so that nothing else of the file gets into the page; `null` when it cannot be
 * read as one. The longer side is at most `longest` pixels.
 */
export async function drawPicture(file: Blob, longest: number): Promise<string | null> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return canvas.toDataURL('image/webp', QUALITY)
}
