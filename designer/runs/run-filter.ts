import { runStatus, type RunStatusView } from '#core/api/views.ts'

/** What the list is narrowed to; it stands in the address, so that a view can be shared. */
export interface ListFilter {
  readonly status?: RunStatusView
  readonly flow?: string
  readonly search?: string
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : undefined

/** Reads the filter out of the address's search, dropping what does not fit. */
export function parseFilter(search: Readonly<Record<string, unknown>>): ListFilter {
  const status = runStatus.safeParse(search['status'])
  const flow = text(search['flow'])
  const words = text(search['search'])
  return {
    ...(status.success ? { status: status.data } : {}),
    ...(flow === undefined ? {} : { flow }),
    ...(words === undefined ? {} : { search: words }),
  }
}

export const isFiltered = (filter: ListFilter): boolean => Object.keys(filter).length > 0
