import { extname } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
}

/** By the file's ending. */
export const mimeType = (file: string): string =>
  types[extname(file).toLowerCase()] ?? 'application/octet-stream'
