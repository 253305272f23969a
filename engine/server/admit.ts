import { TerminalError } from '#core/errors.ts'
import type { Actor } from '#core/ports.ts'

/** Before any handler: who may ask at all. Commands are authorised once more where they are carried out. @throws TerminalError FORBIDDEN */
export function admit(actor: Actor, action: string, resource: { readonly tenant: string }): void {
  const owner = actor.kind !== 'system' && resource.tenant === 'default'
  if (!owner) throw new TerminalError('FORBIDDEN', { actor: actor.id, action })
}
