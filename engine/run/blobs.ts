import { createHash, randomBytes } from 'node:crypto'
import type { BlobView } from '#core/api/views.ts'
import { TerminalError } from '#core/errors.ts'
import type { Command } from '#core/ports.ts'
import type { BlobService } from '#core/node/services.ts'
import type { BlobRow, Store } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { CaseKeys } from './case-keys.ts'
import type { CommandLog } from './command-log.ts'
import { engineActor } from './new-run.ts'
import { places } from './places.ts'
import { seal, unseal } from './seal.ts'

export interface Blobs {
  put(command: Command & { bytes: Uint8Array; name: string; type: string }): BlobView
  /** @throws TerminalError NOT_FOUND */
  get(tenant: string, hash: string): { about: BlobView; bytes: Uint8Array }
  /** As nodes see it. */
  service(tenant: string): BlobService
}

const about = (row: Pick<BlobRow, 'hash' | 'name' | 'type' | 'size'>): BlobView => ({
  blob: row.hash,
  name: row.name,
  type: row.type,
  size: row.size,
})

/** Files, once per content, each sealed under a key of its own. */
export function blobs(parts: { store: Store; keys: CaseKeys; commands: CommandLog }): Blobs {
  const { store, keys, commands } = parts
  const { blob: place } = places

  const put: Blobs['put'] = ({ bytes, name, type, ...command }) => {
    const { tenant } = command
    const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    authorize(command.actor, 'blob.put', { tenant, kind: 'blob', id: hash })
    const view = { blob: hash, name, type, size: bytes.length }
    if (store.blobs.has(tenant, hash)) return view
    const key = randomBytes(32)
    const at = place(tenant, hash)
    return commands.write(command, { stream: `blob/${hash}`, type: 'save' }, (createdAt) => {
      store.blobs.put({
        tenant,
        hash,
        name,
        type,
        size: bytes.length,
        key: keys.wrap(at, key),
        data: seal(key, at, bytes),
        createdAt,
        createdBy: command.actor.id,
      })
      return { answer: view, facts: { type, size: bytes.length } }
    })
  }
  const get: Blobs['get'] = (tenant, hash) => {
    const row = store.blobs.get(tenant, hash)
    if (!row) throw new TerminalError('NOT_FOUND', { what: 'file', id: hash })
    const at = place(tenant, hash)
    return { about: about(row), bytes: unseal(keys.unwrap(at, row.key), at, row.data) }
  }
  return {
    put,
    get,
    service: (tenant) => ({
      get: async ({ blob }) => {
        if (!store.blobs.has(tenant, blob)) throw new TerminalError('FILE_NOT_UPLOADED', { blob })
        return get(tenant, blob).bytes
      },
      put: async (bytes, of) => put({ tenant, actor: engineActor, bytes, ...of }),
    }),
  }
}
