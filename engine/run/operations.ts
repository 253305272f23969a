import { TerminalError, ValidationError } from '#core/errors.ts'
import { portsOf } from '#core/graph/ports.ts'
import type { Json } from '#core/json.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Command } from '#core/ports.ts'
import { authorize, type Action } from './authorize.ts'
import { commandEvent } from './driver.ts'
import { schemaFindings } from './json-schema.ts'
import type { LiveRun, OpenEffect } from './live-run.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunViews } from './run-views.ts'
import type { Runtime } from './runtime.ts'

type OnStep = Command & { run: string; step: string }

/** What an operator does to a run by hand; each inside a transaction. */
export interface Operations {
  cancel(batch: RunBatch, command: Command & { run: string }): void
  retry(batch: RunBatch, command: OnStep): void
  complete(batch: RunBatch, command: OnStep & { port: string; value: Json }): void
}

export function operations(parts: {
  runtime: Pick<Runtime, 'cache' | 'driver'>
  views: RunViews
  registry: Registry
}): Operations {
  const { runtime, views, registry } = parts
  const { cache, driver } = runtime
  const allowed = (command: Command & { run: string }, action: Action): LiveRun => {
    const { tenant, run: id } = command
    authorize(command.actor, action, { tenant, kind: 'run', id })
    views.row(tenant, id)
    const run = cache.get(id)
    // Ended by another command of the same batch.
    if (run.status !== 'active') throw new TerminalError('RUN_ENDED', { run: id })
    return run
  }
  const openAt = (run: LiveRun, step: string): OpenEffect | undefined =>
    [...run.open.values()].find(({ effect }) => `${effect.node}:${effect.epoch}` === step)

  return {
    cancel: (batch, command) => driver.cancel(batch, allowed(command, 'run.cancel'), command),
    retry(batch, command) {
      const run = allowed(command, 'step.retry')
      const { step } = command
      const open = openAt(run, step)
      if (!open) throw new TerminalError('STEP_NOT_RETRYABLE', { step })
      driver.retry(batch, run, open, command)
    },
    complete(batch, { step, port, value, ...command }) {
      const run = allowed(command, 'step.complete')
      const open = openAt(run, step)
      if (!open) throw new TerminalError('STEP_NOT_OPEN', { step })
      checkExit(run, open, { port, value })
      const told = [commandEvent(command, 'complete', step)]
      driver.complete(batch, { run, open, exit: { port, value } }, { ...command, told })
    },
  }

  /** @throws PORT_UNKNOWN, INPUT_INVALID */
  function checkExit(run: LiveRun, { effect }: OpenEffect, exit: { port: string; value: Json }) {
    const node = run.bundle.nodes.get(effect.node)
    const descriptor = node && registry.descriptor(node.type, run.bundle.release.nodes[node.type])
    const ports = node && descriptor ? portsOf(node, descriptor) : []
    const port = ports.find(({ id }) => id === exit.port)
    if (!port)
      throw new TerminalError('PORT_UNKNOWN', {
        node: effect.node,
        port: exit.port,
        ports: ports.map(({ id }) => id).join(', '),
      })
    const findings = schemaFindings(port.schema, exit.value)
    if (findings.length > 0)
      throw new ValidationError('INPUT_INVALID', findings, {
        what: `port "${exit.port}" of node "${effect.node}"`,
        count: findings.length,
      })
  }
}
