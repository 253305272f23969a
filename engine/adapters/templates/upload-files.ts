import { readFile } from 'node:fs/promises'
import { basename, relative, resolve, sep } from 'node:path'
import { TerminalError } from '#core/errors.ts'
import { isObject, type Json } from '#core/json.ts'
import type { BlobRef } from '#core/node/services.ts'
import { mimeType } from '#engine/adapters/templates/mime-type.ts'

export interface UploadOptions {
  /** Relative paths start here. */
  readonly folder: string
  /** Refuses files outside the folder. @default false */
  readonly confined?: boolean
  readonly put: (bytes: Uint8Array, about: { name: string; type: string }) => BlobRef
}

const fileIn = (value: Json): string | null =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['$file'] === 'string'
    ? value['$file']
    : null

async function upload(file: string, { folder, confined, put }: UploadOptions): Promise<Json> {
  const path = resolve(folder, file)
  const inside = relative(folder, path)
  if (confined && (inside.startsWith(`..${sep}`) || inside === '..' || resolve(inside) === inside))
    throw new TerminalError('FILE_OUTSIDE', { file })
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new TerminalError('FILE_UNREADABLE', { file, detail: cause.code ?? 'unknown' }, { cause })
  })
  return { ...put(bytes, { name: basename(path), type: mimeType(path) }) }
}

/** The value with every `{ "$file": "path" }` uploaded and replaced by its reference. @throws TerminalError FILE_UNREADABLE, FILE_OUTSIDE */
export async function uploadFiles(value: Json, options: UploadOptions): Promise<Json> {
  const file = fileIn(value)
  if (file !== null) return upload(file, options)
  if (Array.isArray(value)) return Promise.all(value.map((item) => uploadFiles(item, options)))
  if (!isObject(value)) return value
  const entries = Object.entries(value as Record<string, Json>)
  const uploaded = entries.map(async ([key, item]) => [key, await uploadFiles(item, options)])
  return Object.fromEntries(await Promise.all(uploaded)) as Json
}
