import type { BlobView } from '#core/api/views.ts'
import { request } from './http.ts'

/** @throws ApiError 413 where the file is too large */
export const uploadBlob = (file: File): Promise<BlobView> =>
  request('POST', '/blobs', {
    bytes: file,
    query: { name: file.name },
    headers: { 'content-type': file.type || 'application/octet-stream' },
  })

/** Where the bytes of an upload are read, for an image or a link. */
export const blobUrl = (hash: string): string => `/api/v1/blobs/${encodeURIComponent(hash)}`
