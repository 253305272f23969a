import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** The bearer token in a file that only its owner may read, made at the first start. */
export function loadToken(file: string): string {
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // An empty token would make the sessions guessable.
  if (kept === '')
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
