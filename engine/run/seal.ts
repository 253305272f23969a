import { createCipheriv, createDecipheriv } from 'node:crypto'
import { TerminalError } from '#core/errors.ts'
import { randomBytes } from './random-bytes.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/**
 * AES-256-GCM. `identity` names the row that the bytes belong to: moved to another row they no longer open.
 * Layout: nonce (12), ciphertext, tag (16).
 */
export function seal(key: Uint8Array, identity: string, plain: Uint8Array | string): Buffer {
  const iv = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, iv)
  cipher.setAAD(Buffer.from(identity))
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  cipher.final()
  return Buffer.concat([iv, body, cipher.getAuthTag()])
}

/** @throws TerminalError VALUE_UNREADABLE: changed bytes, another row's, or another key */
export function unseal(key: Uint8Array, identity: string, sealed: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(Buffer.from(identity))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    const plain = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength))
    decipher.final()
    return plain
  } catch (cause) {
    throw new TerminalError('VALUE_UNREADABLE', { where: identity }, { cause })
  }
}
