import { TerminalError } from '#core/errors.ts'
import type { Actor } from '#core/ports.ts'

/** `read` is whatever changes nothing: answers, checks, trials, live events. */
export type Action =
  | 'read'
  | 'document.save'
  | 'document.publish'
  | 'run.start'
  | 'run.cancel'
  | 'run.suspend'
  | 'run.rewind'
  | 'run.migrate'
  | 'step.retry'
  | 'step.complete'
  | 'step.fail'
  | 'flow.suspend'
  | 'connection.suspend'
  | 'bulk.apply'
  | 'case.erase'
  | 'task.complete'
  | 'message.send'
  | 'blob.put'
  | 'calendar.put'
  | 'connection.put'
  | 'secret.put'
  | 'sandbox.set'

export interface Resource {
  readonly tenant: string
  readonly kind:
    | 'flow'
    | 'decision'
    | 'run'
    | 'task'
    | 'message'
    | 'blob'
    | 'calendar'
    | 'connection'
    | 'secret'
    | 'bulk'
    | 'case'
    | 'route'
    | 'sandbox'
  readonly id: string
}

/** Who asks before signing in. */
export const anonymous: Actor = { id: 'anonymous', kind: 'user' }

/** What each role may do; `*` is everything. */
const roles: Readonly<Record<'owner' | 'nobody', readonly (Action | '*')[]>> = {
  owner: ['*'],
  nobody: [],
}

/** There is one role so far: whoever has got in owns the place. */
const roleOf = (actor: Actor, _tenant: string): keyof typeof roles =>
  actor.id === anonymous.id ? 'nobody' : 'owner'

/**
 * The one place that decides who may do what: the server asks it for `read` before any handler, every command
 * asks it for its own action before it reads or writes anything. @throws TerminalError FORBIDDEN
 */
export function authorize(actor: Actor, action: Action, resource: Resource): void {
  const allowed = roles[roleOf(actor, resource.tenant)]
  if (!allowed.includes('*') && !allowed.includes(action))
    throw new TerminalError('FORBIDDEN', { actor: actor.id, action })
}
