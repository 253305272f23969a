import { z } from 'zod'

/** What the sandbox's mail server and SMS gateway got. */
export const sandboxMessage = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  /** ms since the epoch */
  at: z.number(),
  from: z.string(),
  to: z.string(),
  /** Empty for an SMS. */
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
})

/** How the sandbox's bureau answers from now on. */
export const bureauSwitches = z.strictObject({
  /** Added to every answer, ms. */
  latencyMs: z.int().min(0).max(60_000),
  /** `server-error`: 503; `malformed`: HTML with status 200; `no-hit`: nobody has a history; `drop`: the connection breaks. */
  failure: z.enum(['none', 'server-error', 'malformed', 'no-hit', 'drop']),
})

export type SandboxMessage = z.output<typeof sandboxMessage>
export type BureauSwitches = z.output<typeof bureauSwitches>
