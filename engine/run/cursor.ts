/** A page's place in a list ordered by time and id, as opaque text. */
export interface Place {
  readonly time: number
  readonly id: string
}

export const cursorOf = ({ time, id }: Place): string =>
  Buffer.from(`${time} ${id}`).toString('base64url')

/** Undefined where the text is none of ours: the list then begins at its start. */
export function placeOf(cursor: string | undefined): Place | undefined {
  const [, time, id] = /^(\d+) (.+)$/s.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ?? []
  return time === undefined || id === undefined ? undefined : { time: Number(time), id }
}

/** @default 50, at most 500 */
export const pageSize = (limit: number | undefined): number =>
  Math.min(Math.max(Math.trunc(limit ?? 50), 1), 500)
