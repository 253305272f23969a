import type { Verb } from '#core/api/verbs.ts'
import { TerminalError, ValidationError } from '#core/errors.ts'
import { portsOf } from '#core/graph/ports.ts'
import type { Json } from '#core/json.ts'
import type { PortDescriptor } from '#core/node/descriptor.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Command } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import { authorize, type Action } from './authorize.ts'
import { commandEvent } from './driver.ts'
import { emptyValue } from './empty-value.ts'
import { schemaFindings } from './json-schema.ts'
import type { LiveRun, OpenEffect } from './live-run.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunViews } from './run-views.ts'
import type { Runtime } from './runtime.ts'
import { stepViews } from './step-views.ts'

type OnRun = Command & { run: string }
type OnStep = OnRun & { step: string }
type Verbs = {
  readonly [D in Verb['do']]: {
    readonly action: Action
    readonly on: (
      batch: RunBatch,
      run: LiveRun,
      verb: Extract<Verb, { do: D }>,
      by: Command,
    ) => void
  }
}

/** What an operator does to a run by hand; each inside a transaction. */
export interface Operations {
  /** @throws RUN_ENDED and what the verb refuses */
  operate(batch: RunBatch, command: OnRun & { verb: Verb }): void
  cancel(batch: RunBatch, command: OnRun): void
  retry(batch: RunBatch, command: OnStep): void
  complete(batch: RunBatch, command: OnStep & { port: string; value: Json }): void
}

export function operations(parts: {
  runtime: Pick<Runtime, 'bundles' | 'cache' | 'driver' | 'journal'>
  store: Pick<Store, 'documents'>
  views: RunViews
  registry: Registry
}): Operations {
  const { runtime, store, views, registry } = parts
  const { cache, driver, journal } = runtime

  const verbs: Verbs = {
    retry: {
      action: 'step.retry',
      on(batch, run, { at }, by) {
        const found = [...run.open.values()].filter((open) =>
          at === undefined ? open.status === 'incident' : isAt(open, at),
        )
        if (found.length === 0)
          throw new TerminalError('STEP_NOT_RETRYABLE', { step: at ?? run.id })
        for (const open of found) driver.retry(batch, run, open, by)
      },
    },
    complete: {
      action: 'step.complete',
      on: (batch, run, { at, port, value }, by) =>
        leave(batch, run, { open: openAt(run, at), port, value, action: 'complete' }, by),
    },
    skip: {
      action: 'step.complete',
      on(batch, run, { at, port: asked, value: given }, by) {
        const open = openAt(run, at)
        const port = asked ?? portsAt(run, open)[0]?.id ?? ''
        const value = given ?? emptyValue(portAt(run, open, port).schema)
        if (value === undefined)
          throw new TerminalError('SKIP_NEEDS_VALUE', { step: stepOf(open), port })
        leave(batch, run, { open, port, value, action: 'skip' }, by)
      },
    },
    fail: {
      action: 'step.fail',
      on: (batch, run, { at, code, message }, by) =>
        driver.fail(batch, { run, open: openAt(run, at), error: { code, message } }, by),
    },
    rewind: {
      action: 'run.rewind',
      on(batch, run, { node, values }, by) {
        checkValues(run, values)
        driver.rewind(batch, { run, node, values }, by)
      },
    },
    cancel: {
      action: 'run.cancel',
      on(batch, run, _, by) {
        if (run.undoing) throw new TerminalError('RUN_UNDOING', { run: run.id })
        driver.cancel(batch, run, by)
      },
    },
    suspend: { action: 'run.suspend', on: (batch, run, _, by) => driver.suspend(batch, run, by) },
    resume: { action: 'run.suspend', on: (batch, run, _, by) => driver.resume(batch, run, by) },
    migrate: {
      action: 'run.migrate',
      on(batch, run, { version, nodes }, by) {
        const { tenant, flow, id } = run
        if (run.lineage.body !== null)
          throw new TerminalError('MIGRATION_REFUSED', {
            run: id,
            version,
            detail: 'it is one item of a list. Migrate the run that asked for it.',
          })
        const found = store.documents.published(tenant, 'flow', flow, version)
        if (!found) {
          const versions = store.documents.versions(tenant, 'flow', flow)
          const known = versions.map((each) => each.version).join(', ')
          throw new TerminalError('VERSION_UNKNOWN', { flow, version, versions: known })
        }
        const bundle = runtime.bundles.get(tenant, found.hash)
        if (bundle.hash === run.bundle.hash)
          throw new TerminalError('MIGRATION_NEEDLESS', { run: id, version })
        const from = views.row(tenant, id).version
        driver.migrate(batch, { run, bundle, from, version, nodes }, by)
      },
    },
    unmigrate: {
      action: 'run.migrate',
      on: (batch, run, _, by) => driver.unmigrate(batch, run, by),
    },
  }

  const operate: Operations['operate'] = (batch, { run: id, verb, ...by }) => {
    const { tenant } = by
    const { action, on } = verbs[verb.do]
    authorize(by.actor, action, { tenant, kind: 'run', id })
    views.row(tenant, id)
    const run = cache.get(id)
    // Ended by another command of the same batch.
    if (run.status !== 'active') throw new TerminalError('RUN_ENDED', { run: id })
    // One table entry per verb; the cast ties the entry to the verb that selected it.
    on(batch, run, verb as never, by)
  }

  return {
    operate,
    cancel: (batch, command) => operate(batch, { ...command, verb: { do: 'cancel' } }),
    retry: (batch, { step, ...command }) =>
      operate(batch, { ...command, verb: { do: 'retry', at: step } }),
    complete: (batch, { step, port, value, ...command }) =>
      operate(batch, { ...command, verb: { do: 'complete', at: step, port, value } }),
  }

  function portsAt(run: LiveRun, { effect }: Pick<OpenEffect, 'effect'>): PortDescriptor[] {
    const node = run.bundle.nodes.get(effect.node)
    const descriptor = node && registry.descriptor(node.type, run.bundle.release.nodes[node.type])
    return node && descriptor ? portsOf(node, descriptor) : []
  }

  /** @throws PORT_UNKNOWN */
  function portAt(run: LiveRun, open: OpenEffect, id: string): PortDescriptor {
    const ports = portsAt(run, open)
    const port = ports.find((each) => each.id === id)
    if (port) return port
    throw new TerminalError('PORT_UNKNOWN', {
      node: open.effect.node,
      port: id,
      ports: ports.map((each) => each.id).join(', '),
    })
  }

  /** @throws PORT_UNKNOWN, INPUT_INVALID */
  function leave(
    batch: RunBatch,
    run: LiveRun,
    exit: { open: OpenEffect; port: string; value: Json; action: 'complete' | 'skip' },
    by: Command,
  ): void {
    const { open, port, value, action } = exit
    mustFit(`port "${port}" of node "${open.effect.node}"`, portAt(run, open, port).schema, value)
    const told = [commandEvent(by, action, stepOf(open))]
    driver.complete(batch, { run, open, exit: { port, value } }, { ...by, told })
  }

  /** What is put in the place of a node's value must be one that the node could have left with. @throws VALUE_OF_UNVISITED, INPUT_INVALID */
  function checkValues(run: LiveRun, values: Readonly<Record<string, Json>>): void {
    const names = Object.keys(values)
    if (names.length === 0) return
    const steps = stepViews(
      journal.entries(views.row(run.tenant, run.id)).map(({ entry }) => entry),
    )
    for (const name of names) {
      if (name === 'input') {
        mustFit(`flow "${run.flow}"`, run.bundle.release.flow.input, values[name] ?? null)
        continue
      }
      const left = steps.findLast((step) => step.node === name && step.port !== null)
      const node = run.bundle.nodes.get(name)
      if (!left || !node) throw new TerminalError('VALUE_OF_UNVISITED', { name })
      const descriptor = registry.descriptor(node.type, run.bundle.release.nodes[node.type])
      const port = descriptor && portsOf(node, descriptor).find(({ id }) => id === left.port)
      if (port) mustFit(`the value of node "${name}"`, port.schema, values[name] ?? null)
    }
  }
}

const stepOf = ({ effect }: OpenEffect): string => `${effect.node}:${effect.epoch}`
/** The deadlines beside a step are not the step itself. */
const isAt = (open: OpenEffect, at: string): boolean =>
  !(open.effect.kind === 'timer' && open.effect.port !== undefined) &&
  (at.includes(':') ? stepOf(open) === at : open.effect.node === at)

/** @throws STEP_NOT_OPEN */
function openAt(run: LiveRun, at: string): OpenEffect {
  const open = [...run.open.values()].find((each) => isAt(each, at))
  if (!open) throw new TerminalError('STEP_NOT_OPEN', { step: at })
  return open
}

/** @throws INPUT_INVALID */
function mustFit(what: string, schema: PortDescriptor['schema'], value: Json): void {
  const findings = schemaFindings(schema, value)
  if (findings.length > 0)
    throw new ValidationError('INPUT_INVALID', findings, { what, count: findings.length })
}
