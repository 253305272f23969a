import { runStatus, type RunStatusView } from '#core/api/views.ts'

/** What the list is narrowed to; it stands in the address, so that a view can be shared. */
export interface ListFilter {
  readonly status?: RunStatusView
  readonly flow?: string
  readonly search?: string
  readonly version?: number
  /** A node that the runs are at. */
  readonly node?: string
  /** Code of the error that waits for an operator. */
  readonly error?: string
  /** ms since the epoch */
  readonly startedBefore?: number
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : undefined

const wholes = <K extends string>(
  search: Readonly<Record<string, unknown>>,
  keys: readonly K[],
): { [P in K]?: number } =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = Number(search[key] ?? Number.NaN)
      return Number.isInteger(value) && value >= 0 ? [[key, value]] : []
    }),
  ) as { [P in K]?: number }
const texts = <K extends string>(
  search: Readonly<Record<string, unknown>>,
  keys: readonly K[],
): { [P in K]?: string } =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = text(search[key])
      return value === undefined ? [] : [[key, value]]
    }),
  ) as { [P in K]?: string }

/** Reads the filter out of the address's search, dropping what does not fit. */
export function parseFilter(search: Readonly<Record<string, unknown>>): ListFilter {
  const status = runStatus.safeParse(search['status'])
  const flow = text(search['flow'])
  const words = text(search['search'])
  return {
    ...(status.success ? { status: status.data } : {}),
    ...(flow === undefined ? {} : { flow }),
    ...(words === undefined ? {} : { search: words }),
    ...wholes(search, ['version', 'startedBefore']),
    ...texts(search, ['node', 'error']),
  }
}

export const isFiltered = (filter: ListFilter): boolean => Object.keys(filter).length > 0
