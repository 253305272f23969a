import { sentence, type MessageCode, type MessageParams } from '#core/messages/catalogue.ts'

/** Why a node outside the repository cannot be used, and where. */
export interface NodeProblem {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** `policy.timeout`; null where the file as a whole is at fault. */
  readonly field: string | null
  readonly code: MessageCode
  readonly message: string
}

export interface Position {
  readonly line: number
  readonly column: number
}

export const problemAt = (
  at: Position & { readonly file: string; readonly field?: string | null },
  code: MessageCode,
  params: MessageParams = {},
): NodeProblem => ({
  file: at.file,
  line: at.line,
  column: at.column,
  field: at.field ?? null,
  code,
  message: sentence(code, params),
})

/** `nodes/pan/node.ts:7:3 policy.timeout: …`, as editors make a link of it. */
export const formatProblem = ({ file, line, column, field, message }: NodeProblem): string =>
  `${file}:${line}:${column} ${field === null ? '' : `${field}: `}${message}`
