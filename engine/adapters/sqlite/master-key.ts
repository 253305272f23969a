import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { TerminalError } from '#core/errors.ts'

const length = 32

/** Readable by its owner only; on a medium that cannot be written it stays as it is. */
function narrow(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EROFS' && code !== 'EPERM') throw error
  }
}

/**
 * The key that wraps all other keys: 32 bytes as hex in a file that only its owner may read, made at
 * the first start. Losing it loses every value, so beside a database (`make: false`) none is made.
 * @throws TerminalError MASTER_KEY_INVALID, MASTER_KEY_MISSING
 */
export function loadMasterKey(file: string, { make } = { make: true }): Uint8Array {
  if (!existsSync(file)) {
    if (!make) throw new TerminalError('MASTER_KEY_MISSING', { file })
    writeFileSync(file, `${randomBytes(length).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  }
  narrow(file)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TerminalError('MASTER_KEY_INVALID')
  return Buffer.from(text, 'hex')
}
