import type { Terminal } from '#engine/cli/command.ts'
import type { ApiClient } from '#engine/cli/ops/api-client.ts'

/** What an operator's command works with. */
export interface Call {
  readonly api: ApiClient
  readonly terminal: Terminal
  /** Whether answers are written as the API gives them. */
  readonly json: boolean
}

/** Without the fields that were not given. */
export const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

export const timeOf = (at: number): string => new Date(at).toISOString()
