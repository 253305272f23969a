import type { Page } from '#core/api/views.ts'

/** Pages a list that is held whole; the cursor is the offset. */
export function pageOf<T>(
  items: readonly T[],
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
): Page<T> {
  const from = Math.max(0, Number.parseInt(query.cursor ?? '0', 10) || 0)
  const to = from + (query.limit ?? 500)
  return {
    items: items.slice(from, to),
    total: items.length,
    next: to < items.length ? String(to) : null,
  }
}
