/** Where a command reads and writes; tests give their own. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Whether people are watching, so that colour helps. */
  readonly colour: boolean
  /** Aborts when the person interrupts. */
  readonly interrupted: AbortSignal
}

/** How a command ended, as the process tells its caller. */
export const exitCode = {
  done: 0,
  /** A document has errors, a test failed. */
  failed: 1,
  usage: 2,
  waiting: 3,
  incident: 4,
  /** The disk failed: start again once it is mended. */
  storage: 5,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export interface Command {
  readonly help: string
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {}

/** The command was called rightly and could not be done; the message says why and what to do. */
export class RefusedError extends Error {}
