import { TerminalError } from '#core/errors.ts'
import type { Actor } from '#core/ports.ts'

/** Who may do what: for now everyone who is signed in is the owner. @throws TerminalError FORBIDDEN */
export function authorize(
  actor: Actor,
  action: string,
  resource: { readonly tenant: string },
): void {
  const owner = actor.kind !== 'system' && resource.tenant === 'default'
  if (!owner) throw new TerminalError('FORBIDDEN', { actor: actor.id, action })
}
