import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { EventView } from '#core/api/views.ts'
import type { Engine } from '#engine/run/engine.ts'
import { createOperations } from '#engine/server/operations.ts'

export interface Metrics {
  /** The exposition text of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
  close(): void
}

/** Steps whose start is remembered; older ones are not measured. */
const mostOpen = 100_000

/**
 * Counts what the event stream tells. Labels hold node types, flow ids, codes and tenants, never a value or a name
 * of a person.
 */
export function createMetrics(engine: Engine): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'processing_duration_seconds',
    help: 'Time from entering a node to leaving it, by node type.',
    labelNames: ['operation', 'tenant'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  const errors = new Counter({
    name: 'processing_errors_total',
    help: 'Failed attempts, by node type and error code.',
    labelNames: ['operation', 'error_type', 'tenant'],
    registers,
  })
  const started = new Counter({
    name: 'workflow_started_total',
    help: 'Runs started.',
    labelNames: ['flow', 'tenant'],
    registers,
  })
  const completed = new Counter({
    name: 'workflow_completed_total',
    help: 'Runs that ended, by how.',
    labelNames: ['flow', 'status', 'tenant'],
    registers,
  })
  addLoad(engine, registers)
  const operations = createOperations(engine)
  const open = new Map<string, number>()

  function count(tenant: string, event: EventView): void {
    const { flow, run, at } = event
    const step = `${run}:${event.step ?? ''}`
    const fail = () =>
      errors.inc({
        tenant,
        operation: operations.of(tenant, event),
        error_type: String(event.data['code'] ?? 'UNKNOWN'),
      })
    switch (event.type) {
      case 'run.started':
        return started.inc({ flow, tenant })
      case 'run.completed':
      case 'run.failed':
      case 'run.cancelled':
        operations.forget(run)
        return completed.inc({ flow, tenant, status: event.type.slice('run.'.length) })
      case 'step.started':
      case 'step.waiting':
        // A retry starts again; the time counts from the first.
        if (open.size < mostOpen && !open.has(step)) open.set(step, at)
        return
      case 'step.retrying':
      case 'step.incident':
        return fail()
      case 'step.failed':
      case 'step.stopped':
      case 'step.completed': {
        if (event.type === 'step.failed') fail()
        const since = open.get(step)
        open.delete(step)
        if (since !== undefined && event.type !== 'step.stopped')
          duration.observe({ operation: operations.of(tenant, event), tenant }, (at - since) / 1000)
      }
    }
  }

  const close = engine.subscribe((tenant, events) => {
    for (const event of events) count(tenant, event)
  })
  return { text: () => registry.metrics(), contentType: registry.contentType, close }
}

/** What is read when somebody asks. */
function addLoad(engine: Engine, registers: Registry[]): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }
  gauge('effects_waiting', 'Effects that wait for an attempt.', () => engine.load().open)
  gauge('commits_waiting', 'Inputs that wait to be written.', () => engine.load().commits)
  gauge(
    'load_level',
    'From 1 on new runs are turned away.',
    () => Math.round(engine.load().level * 100) / 100,
  )
  gauge('starts_refused_total', 'Starts turned away since the start.', () => engine.load().refused)
  gauge(
    'messages_refused_total',
    'Messages turned away since the start, because too many wait for runs.',
    () => engine.load().messages.refused,
  )
  new Gauge({
    name: 'messages_kept',
    help: 'Messages that wait for a run.',
    labelNames: ['tenant'],
    registers,
    collect() {
      this.reset()
      for (const kept of engine.load().messages.kept)
        this.set({ tenant: kept.tenant }, kept.messages)
    },
  })
  new Gauge({
    name: 'connection_state',
    help: 'Breaker of a connection: 0 closed, 1 one call tries, 2 open.',
    labelNames: ['connection', 'tenant'],
    registers,
    collect() {
      this.reset()
      for (const { name, health } of engine.listConnections(tenant))
        if (health) this.set({ connection: name, tenant }, breakerValue[health.state])
    },
  })
}

/** The one tenant that the server serves so far. */
const tenant = 'default'
const breakerValue = { closed: 0, 'half-open': 1, open: 2 } as const
