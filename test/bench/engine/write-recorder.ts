import type { Statement } from 'better-sqlite3'
import { Database } from '#engine/adapters/sqlite/database.ts'

type Row = readonly unknown[]
interface Write {
  /** Index into `statements`. */
  readonly statement: number
  readonly row: Row
}
/** What one transaction wrote, in order. */
export type Group = readonly Write[]

export interface Recording {
  readonly statements: readonly string[]
  readonly groups: readonly Group[]
  /** Groups up to now. */
  count(): number
  stop(): void
}

/** Notes every row that this process writes to SQLite, by statement and transaction, from databases opened after. */
export function recordWrites(): Recording {
  const prototype = Database.prototype as { prepare: (sql: string) => Statement }
  const { prepare } = prototype
  const statements: string[] = []
  const groups: Write[][] = []
  let open: Write[] | undefined
  prototype.prepare = function (this: unknown, sql: string) {
    const made = prepare.call(this, sql)
    if (made.reader) return made
    const statement = statements.push(sql) - 1
    const { run } = made
    made.run = (...row: unknown[]) => {
      if (sql.startsWith('BEGIN')) open = []
      else if (sql === 'COMMIT') groups.push(open ?? [])
      else if (sql === 'ROLLBACK') open = undefined
      else if (open) open.push({ statement, row })
      else groups.push([{ statement, row }])
      return run.apply(made, row)
    }
    return made
  }
  return {
    statements,
    groups,
    count: () => groups.length,
    stop: () => {
      prototype.prepare = prepare
    },
  }
}
