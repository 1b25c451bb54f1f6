import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

// Draws the logo (renderer/console/icon.svg) in every size that a system asks for, and packs them as Windows' .ico and
// macOS' .icns. What it writes is committed: node build/make-icons.ts

const SVG = readFileSync(join(import.meta.dirname, '../renderer/console/icon.svg'), 'utf8')
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const FOR_WINDOWS = [16, 24, 32, 48, 64, 128, 256]
/** macOS' names of PNGs by size; 1024 is 512 on a dense display. */
const FOR_MAC = { 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }

async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.ANTEROOM_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  const page = await browser.newPage()
  const pictures = new Map<number, Buffer>()
  for (const size of SIZES) pictures.set(size, await draw(page, size))
  await browser.close()
  const at = (size: number) => pictures.get(size) ?? Buffer.alloc(0)
  mkdirSync(join(import.meta.dirname, 'icons'), { recursive: true })
  for (const size of SIZES) writeFileSync(join(import.meta.dirname, `icons/${size}x${size}.png`), at(size))
  writeFileSync(join(import.meta.dirname, 'icon.ico'), ico(FOR_WINDOWS.map((size) => ({ size, png: at(size) }))))
  const named = Object.entries(FOR_MAC).map(([size, name]) => ({ name, png: at(Number(size)) }))
  writeFileSync(join(import.meta.dirname, 'icon.icns'), icns(named))
}

async function draw(page: Page, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${SVG}`)
  return page.screenshot({ omitBackground: true })
}

/** Six bytes, sixteen for each picture, then the pictures. 256 is written as 0. */
function ico(pictures: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** A name of four letters and a length before each picture, and the same before all of them. */
function icns(pictures: { name: string; png: Buffer }[]): Buffer {
  const part = (name: string, content: Buffer) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  return part('icns', Buffer.concat(pictures.map(({ name, png }) => part(name, png))))
}

await main()
