import { z } from 'zod'

export type ConnectionKind = 'bureau' | 'smtp' | 'sms' | 'http'

/** A config field that names a configured connection of one kind; the form offers those there are. */
export const connection = (kind: ConnectionKind, title = 'Connection') =>
  z.string().min(1).meta({ title, 'x-ref': 'connection', 'x-kind': kind })
