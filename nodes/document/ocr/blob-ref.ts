import { z } from 'zod'

/** An uploaded file. Forms show an upload for it. */
export const blobRef = z
  .object({
    blob: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'upload a file'),
    name: z.string(),
    type: z.string(),
    size: z.number(),
  })
  .meta({ 'x-blob': true, 'x-personal': true })
