import { isObject } from '#core/json.ts'
import type { EventView, RunView, StepStatus } from '#core/api/views.ts'
import type { Terminal } from '#engine/cli/command.ts'

/** State is told by sign and word; colour only helps. */
const signs: Readonly<Record<StepStatus, readonly [sign: string, colour: number]>> = {
  running: ['▸', 36],
  waiting: ['◷', 33],
  retrying: ['↻', 33],
  incident: ['!', 31],
  completed: ['✓', 32],
  failed: ['✗', 31],
  stopped: ['■', 90],
}

const stepStates: Partial<Record<EventView['type'], StepStatus>> = {
  'step.waiting': 'waiting',
  'step.retrying': 'retrying',
  'step.completed': 'completed',
  'step.failed': 'failed',
  'step.incident': 'incident',
  'step.stopped': 'stopped',
}

const duration = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`)

function namesIn(flow: unknown): Map<string, string> {
  const nodes = isObject(flow) && Array.isArray(flow['nodes']) ? flow['nodes'] : []
  return new Map(
    nodes
      .filter(isObject)
      .map((node): [string, string] => [String(node['id']), String(node['name'] || node['id'])]),
  )
}

/** Writes a line for each step that comes to something: sign, name, state, port, time. */
export function createProgress(flow: unknown, terminal: Terminal) {
  const names = namesIn(flow)
  const width = Math.max(0, ...[...names.values()].map((name) => name.length))
  const paint = (text: string, colour: number) =>
    terminal.colour ? `\u001b[${colour}m${text}\u001b[0m` : text
  const since = new Map<string, number>()
  return {
    show(event: EventView): void {
      if (event.step === null || event.node === null) return
      if (!since.has(event.step)) since.set(event.step, event.at)
      const state = stepStates[event.type]
      if (!state) return
      const [sign, colour] = signs[state]
      const name = (names.get(event.node) ?? event.node).padEnd(width)
      const about = event.data['port'] ?? event.data['code'] ?? ''
      const took = duration(event.at - (since.get(event.step) ?? event.at))
      terminal.err(
        `${paint(sign, colour)} ${name}  ${state.padEnd(9)}  ${String(about).padEnd(10)}  ${took}`,
      )
    },
    end(run: RunView): void {
      const took = run.endedAt === null ? '' : ` in ${duration(run.endedAt - run.startedAt)}`
      terminal.err(`\n${run.flowName}: ${run.status}${took}`)
      const failed = run.steps.filter(({ status }) => status === 'incident' || status === 'failed')
      for (const { step, error } of failed)
        if (error) terminal.err(`${step} ${error.code}: ${error.message}`)
      if (run.status === 'completed') terminal.out(JSON.stringify(run.output, null, 2))
    },
  }
}
