import sharp from 'sharp'

/** Out of focus. @param sigma pixels; at 300 dpi 2 is still read, 12 is not */
export const blur = (png: Uint8Array, sigma = 12): Promise<Buffer> =>
  sharp(png).blur(sigma).png({ compressionLevel: 9 }).toBuffer()

/** As a phone would send it: slightly turned, smaller, JPEG. */
export const photograph = (
  png: Uint8Array,
  {
    degrees = 2,
    width = 900,
    quality = 70,
  }: { degrees?: number; width?: number; quality?: number } = {},
): Promise<Buffer> =>
  sharp(png)
    .rotate(degrees, { background: '#6b6259' })
    .resize({ width })
    .jpeg({ quality })
    .toBuffer()
