import { z } from 'zod'

/** A change that the designer can apply to mend a finding: JSON Patch (RFC 6902) on the document. */
const fix = z.object({
  title: z.string(),
  patch: z.array(
    z.object({
      op: z.enum(['add', 'remove', 'replace']),
      path: z.string(),
      value: z.json().optional(),
    }),
  ),
})

/** What validation says of a document. The sentence comes from the message catalogue by `code`. */
export const finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** `path` is a JSON pointer into the document. */
  place: z.object({ path: z.string(), node: z.string().optional(), edge: z.string().optional() }),
  fix: fix.optional(),
})
export type Finding = z.output<typeof finding>
export type Fix = z.output<typeof fix>
