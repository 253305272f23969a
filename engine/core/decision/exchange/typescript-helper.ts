/** A function that a written module needs, with those that it calls itself. */
export interface Helper {
  readonly needs?: readonly string[]
  readonly source: string
}

/** Names of the module itself, which no piece of an operator may have. */
export const ownNames: readonly string[] = [
  'input given result parts own at tenant env decide severity nothing give set isMet adjust table',
  'data scorecard choose ask get getOr byValues byTime byElements',
  'Result Input Outcome Own Row Table Bin Scorecard Characteristic',
].flatMap((names) => names.split(' '))
