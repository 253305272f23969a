import { z } from 'zod'
import { actor, blobView, runSummary } from '#core/api/views.ts'

/** A case by its key, or by one of its runs. */
export const caseOf = z.union([
  z.strictObject({ caseKey: z.string().min(1).max(200) }),
  z.strictObject({ run: z.string().min(1) }),
])

export const erasurePreview = z.object({
  /** By this number the history names it. */
  case: z.int(),
  caseKey: z.string().nullable(),
  runs: z.array(
    runSummary.pick({ id: true, flow: true, version: true, status: true, startedAt: true }),
  ),
  /** Runs that these asked for. */
  below: z.int(),
  /** Runs that have not ended: while there are any, the case is not erased. */
  open: z.int(),
  /** Files that would go. */
  files: z.array(blobView),
  /** Files that stay, because other cases name them too. */
  shared: z.array(blobView),
})

export const erasureView = z.object({
  case: z.int(),
  at: z.number(),
  actor,
  reason: z.string(),
  runs: z.int(),
  files: z.int(),
})

export type ErasurePreview = z.output<typeof erasurePreview>
export type ErasureView = z.output<typeof erasureView>
