import type { Sharp } from 'sharp'
import { TerminalError } from '#core/errors.ts'
import type { Turn } from '#engine/adapters/ocr/page-from-tesseract.ts'

/** A file's bytes, or pixels that a PDF page holds. */
export type ImageSource =
  | Uint8Array
  | {
      readonly data: Uint8ClampedArray
      readonly width: number
      readonly height: number
      readonly channels: 1 | 3 | 4
    }

export interface PreparedImage {
  readonly png: Uint8Array
  /** Of the upright page before scaling, pixels. */
  readonly width: number
  readonly height: number
  /** Prepared pixels per page pixel. */
  readonly scale: number
}

/** An SVG is drawn by a program and may refer to files, so it is no photograph or scan. */
const formats = new Set(['jpeg', 'png', 'webp', 'tiff', 'gif', 'heif', 'avif'])
const a4 = { width: 1654, ratio: 297 / 210 }
const cardWidth = 1500

/**
 * Upright by EXIF and `turn`, grey on white, and large enough to read: A4 at 200 dpi, a card at 1,500 px.
 * @throws TerminalError OCR_NOT_AN_IMAGE, OCR_TOO_LARGE
 */
export async function prepareImage({
  source,
  turn,
  zoom,
  maxPixels,
}: {
  source: ImageSource
  turn: Turn
  zoom: 1 | 2
  maxPixels: number
}): Promise<PreparedImage> {
  const { default: sharp } = await import('sharp')
  const open = (): Sharp =>
    source instanceof Uint8Array
      ? sharp(source, { limitInputPixels: false, failOn: 'truncated' })
      : sharp(source.data, {
          raw: { width: source.width, height: source.height, channels: source.channels },
        })
  const notAnImage = (cause: unknown): TerminalError =>
    new TerminalError('OCR_NOT_AN_IMAGE', {}, { cause })

  const about = await (async () => open().metadata())().catch((error: unknown) => {
    throw notAnImage(error)
  })
  if (source instanceof Uint8Array && !formats.has(about.format)) throw notAnImage(about.format)
  if (about.width * about.height > maxPixels)
    throw new TerminalError('OCR_TOO_LARGE', {
      what: `${about.width} × ${about.height} pixels`,
      limit: `${maxPixels / 1e6} million pixels`,
    })

  const upright = about.autoOrient ?? about
  const sideways = turn === 90 || turn === 270
  const width = sideways ? upright.height : upright.width
  const height = sideways ? upright.width : upright.height
  const scale = scaleFor(width, height) * zoom
  try {
    const png = await open()
      .autoOrient()
      .rotate(turn)
      .flatten({ background: '#fff' })
      .resize({ width: Math.max(1, Math.round(width * scale)), kernel: 'lanczos3' })
      .greyscale()
      .png({ compressionLevel: 1 })
      // Without a density tesseract guesses one and warns on the terminal.
      .withMetadata({ density: 200 })
      .toBuffer()
    return { png, width, height, scale }
  } catch (error) {
    throw notAnImage(error)
  }
}

function scaleFor(width: number, height: number): number {
  const long = Math.max(width, height)
  const isSheet = height / width > a4.ratio * 0.9 && height / width < a4.ratio * 1.1
  if (isSheet && width < a4.width) return Math.min(4, a4.width / width)
  if (!isSheet && long < 1000) return Math.min(4, cardWidth / long)
  return Math.min(1, 4000 / long)
}
