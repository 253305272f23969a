import { TerminalError } from '#core/errors.ts'
import type { Actor } from '#core/ports.ts'

export type Action =
  | 'document.save'
  | 'document.publish'
  | 'run.start'
  | 'run.cancel'
  | 'step.retry'
  | 'step.complete'
  | 'task.complete'
  | 'blob.put'
  | 'connection.put'
  | 'secret.put'

export interface Resource {
  readonly tenant: string
  readonly kind: 'flow' | 'decision' | 'run' | 'task' | 'blob' | 'connection' | 'secret'
  readonly id: string
}

/** What each role may do; `*` is everything. */
const roles: Readonly<Record<'owner', readonly (Action | '*')[]>> = { owner: ['*'] }

/** There is one role so far: whoever has got in owns the place. */
const roleOf = (_actor: Actor, _tenant: string): keyof typeof roles => 'owner'

/** Every command passes here, in its handler, before it reads or writes anything. @throws TerminalError FORBIDDEN */
export function authorize(actor: Actor, action: Action, resource: Resource): void {
  const allowed = roles[roleOf(actor, resource.tenant)]
  if (!allowed.includes('*') && !allowed.includes(action))
    throw new TerminalError('FORBIDDEN', { actor: actor.id, action })
}
