/** A function that a written module needs, with those that it calls itself. */
export interface Helper {
  readonly needs?: readonly string[]
  readonly source: string
}
