import type { SuspensionView } from '#core/api/verbs.ts'
import { TerminalError } from '#core/errors.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { HoldRow, Store } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { Connections } from './connections.ts'
import { commandEvent } from './driver.ts'
import type { RunBatch } from './run-batch.ts'
import type { Runtime } from './runtime.ts'

type SuspensionCommand = Command & {
  readonly kind: HoldRow['kind']
  readonly name: string
  readonly suspended: boolean
}

export interface Suspensions {
  list(tenant: string): SuspensionView[]
  /** The same again changes nothing. @throws NOT_FOUND */
  set(command: SuspensionCommand): Promise<void>
}

/**
 * Holds all runs of a flow, those that are started meanwhile too; or all effects that use a connection. One row each,
 * however many runs there are.
 */
export function suspensions(parts: {
  store: Store
  clock: Clock
  connections: Pick<Connections, 'list'>
  runtime: Pick<Runtime, 'history' | 'holds' | 'submit' | 'takeUp'>
}): Suspensions {
  const { store, clock, connections, runtime } = parts
  const { holds, history } = runtime
  const exists: Record<HoldRow['kind'], (tenant: string, name: string) => boolean> = {
    flow: (tenant, id) => store.documents.draft(tenant, 'flow', id) !== undefined,
    connection: (tenant, id) => connections.list(tenant).some(({ name }) => name === id),
  }
  const change = (batch: RunBatch, command: SuspensionCommand): boolean => {
    const { tenant, kind, name, suspended, actor, reason = null } = command
    if (holds.has({ tenant, kind, name }) === suspended) return false
    const at = clock.now()
    batch.writes += 1
    if (suspended) holds.put({ tenant, kind, name, at, by: actor.id, reason })
    else {
      holds.remove({ tenant, kind, name })
      if (kind === 'flow') store.timers.releaseFlow(tenant, name)
    }
    const stream = `${kind}/${name}`
    const action = suspended ? 'suspend' : 'resume'
    const events = history.append({
      tenant,
      stream,
      seq: store.journal.last(tenant, stream) + 1,
      at,
      type: action,
      actor,
      reason,
      case: null,
      data: Buffer.from('{}'),
      events: {
        flow: kind === 'flow' ? name : '',
        list: [commandEvent(command, action, null, { [kind]: name })],
      },
    })
    batch.events.set(tenant, [...(batch.events.get(tenant) ?? []), ...events])
    return true
  }
  return {
    list: (tenant) => holds.list(tenant).map(({ tenant: _tenant, ...shown }) => shown),
    async set(command) {
      const { tenant, kind, name, suspended } = command
      authorize(command.actor, `${kind}.suspend`, { tenant, kind, id: name })
      if (!exists[kind](tenant, name))
        throw new TerminalError('NOT_FOUND', { what: kind, id: name })
      const changed = await runtime.submit((batch) => change(batch, command))
      if (changed && !suspended)
        await runtime.takeUp({ tenant, ...(kind === 'flow' ? { flow: name } : {}) })
    },
  }
}
