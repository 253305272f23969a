import type { Page, TaskView } from '#core/api/views.ts'
import { TerminalError, ValidationError } from '#core/errors.ts'
import { taskConfig } from '#core/graph/control.ts'
import type { Json } from '#core/json.ts'
import type { Command } from '#core/ports.ts'
import type { Store, TaskRow } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { Bundles } from './bundles.ts'
import type { CaseKeys } from './case-keys.ts'
import { cursorOf, pageSize, placeOf } from './cursor.ts'
import type { Driver } from './driver.ts'
import type { Engine } from './engine.ts'
import { schemaFindings } from './json-schema.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunCache } from './run-cache.ts'
import { stepOfEffect } from './run-events.ts'
import type { RunJournal } from './run-journal.ts'
import { places } from './places.ts'
import type { Suspension } from './suspension.ts'
import type { ValueCodec } from './value-codec.ts'

export interface Tasks {
  list: Engine['listTasks']
  get: Engine['getTask']
  /** Inside a transaction. @throws TASK_CLOSED, OUTCOME_UNKNOWN, INPUT_INVALID, RUN_SUSPENDED */
  complete(batch: RunBatch, command: Command & { task: string; outcome: string; value: Json }): void
}

interface TasksParts {
  readonly store: Store
  readonly keys: CaseKeys
  readonly codec: ValueCodec
  readonly bundles: Bundles
  readonly journal: RunJournal
  readonly cache: RunCache
  readonly driver: Driver
  readonly suspension: Pick<Suspension, 'heldBy'>
}

/** Work that waits for a person. */
export function tasks(parts: TasksParts): Tasks {
  const { store, keys, codec, bundles, journal, cache, driver } = parts
  const mustHave = (tenant: string, id: string): TaskRow => {
    const row = store.tasks.get(id)
    if (row?.tenant !== tenant) throw new TerminalError('NOT_FOUND', { what: 'task', id })
    return row
  }
  /** What the analyst has drawn, in the release that the run keeps. */
  const configOf = (row: TaskRow) => {
    const release = store.runs.get(row.run)?.release ?? ''
    return taskConfig.parse(bundles.get(row.tenant, release).nodes.get(row.node)?.config)
  }
  const view = (row: TaskRow): TaskView => {
    const config = configOf(row)
    const run = store.runs.get(row.run)
    const data = codec.decode(journal.scope(row), places.task(row.tenant, row.id), row.data)
    return {
      id: row.id,
      run: row.run,
      flow: row.flow,
      node: row.node,
      caseKey: run?.token ? keys.name(row.case) : null,
      title: config.title,
      role: row.role,
      status: row.status,
      createdAt: row.createdAt,
      dueAt: row.dueAt,
      completedAt: row.completedAt,
      completedBy: row.completedBy,
      form: config.form as TaskView['form'],
      data: data as TaskView['data'],
      outcomes: config.outcomes,
    }
  }
  return {
    list(tenant, query): Page<TaskView> {
      const limit = pageSize(query.limit)
      const place = placeOf(query.cursor)
      const filter = { status: query.status, role: query.role, run: query.run }
      const rows = store.tasks.page(tenant, {
        ...filter,
        after: place && { createdAt: place.time, id: place.id },
        limit: limit + 1,
      })
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        items: items.map(view),
        total: store.tasks.count(tenant, filter),
        next: last && rows.length > limit ? cursorOf({ time: last.createdAt, id: last.id }) : null,
      }
    },
    get: (tenant, id) => view(mustHave(tenant, id)),
    complete(batch, { task, outcome, value, ...command }) {
      const { tenant } = command
      const row = mustHave(tenant, task)
      authorize(command.actor, 'task.complete', { tenant, kind: 'task', id: task })
      if (row.status !== 'open')
        throw new TerminalError('TASK_CLOSED', { task, status: row.status })
      const config = configOf(row)
      const outcomes = config.outcomes.map(({ id }) => id)
      if (!outcomes.includes(outcome))
        throw new TerminalError('OUTCOME_UNKNOWN', {
          task,
          outcome,
          outcomes: outcomes.join(', '),
        })
      const findings = schemaFindings(config.form, value)
      if (findings.length > 0)
        throw new ValidationError('INPUT_INVALID', findings, {
          what: 'the form',
          count: findings.length,
        })
      const run = cache.get(row.run)
      const what = parts.suspension.heldBy(run)
      if (what) throw new TerminalError('RUN_SUSPENDED', { run: run.id, what })
      const open = run.open.get(task)
      if (!open) throw new TerminalError('TASK_CLOSED', { task, status: 'cancelled' })
      const told = [
        {
          type: 'task.completed' as const,
          step: stepOfEffect(task),
          data: { task, outcome },
        },
      ]
      driver.complete(batch, { run, open, exit: { port: outcome, value } }, { ...command, told })
    },
  }
}
