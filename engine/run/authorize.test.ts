import { expect, it } from 'vitest'
import { TerminalError } from '#core/errors.ts'
import type { Actor } from '#core/ports.ts'
import { anonymous, authorize } from './authorize.ts'

const resource = { tenant: 'default', kind: 'run', id: 'r1' } as const
const owner: Actor = { id: 'owner', kind: 'user' }

it('lets the owner do everything and nobody anything', () => {
  for (const action of ['read', 'run.start', 'secret.put', 'sandbox.set'] as const) {
    expect(() => authorize(owner, action, resource)).not.toThrow()
    expect(() => authorize(anonymous, action, resource)).toThrow(
      new TerminalError('FORBIDDEN', { actor: 'anonymous', action }),
    )
  }
})
