import type { EventView, RunView, StepStatus, StepView } from '#core/api/views.ts'

const statusOf: Partial<Record<EventView['type'], StepStatus>> = {
  'step.started': 'running',
  'step.waiting': 'waiting',
  'step.retrying': 'retrying',
  'step.completed': 'completed',
  'step.failed': 'failed',
  'step.incident': 'incident',
  'step.stopped': 'stopped',
}

const endings: readonly RunView['status'][] = ['completed', 'failed', 'cancelled', 'continued']
export const isOver = ({ status }: Pick<RunView, 'status'>): boolean => endings.includes(status)

const ended = (status: StepStatus): boolean =>
  status === 'completed' || status === 'failed' || status === 'stopped'

const text = (value: string | number | null | undefined): string | null =>
  typeof value === 'string' ? value : null

function stepAfter(before: StepView | undefined, event: EventView, status: StepStatus): StepView {
  const attempt = event.data['attempt']
  return {
    step: event.step ?? '',
    node: event.node ?? '',
    input: null,
    output: null,
    error: null,
    startedAt: event.at,
    ...before,
    status,
    port: text(event.data['port']) ?? before?.port ?? null,
    attempts: typeof attempt === 'number' ? attempt : (before?.attempts ?? 1),
    endedAt: ended(status) ? event.at : null,
  }
}

/** Of a step that is answered by runs the event tells how these stand. */
const progressOf = (
  { data: { done, total, failed, note } }: EventView,
  { children }: StepView,
): Pick<StepView, 'progress' | 'children'> => ({
  ...(children && typeof done === 'number' && typeof failed === 'number'
    ? { children: { ...children, done, failed } }
    : {}),
  progress: {
    ...(typeof done === 'number' ? { done } : {}),
    ...(typeof total === 'number' ? { total } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  },
})

/** The run as it is after the events; their values are not in them, so the run is fetched again for these. */
export function applyEvents(run: RunView, events: readonly EventView[]): RunView {
  let { steps, status, seq, endedAt } = run
  for (const event of events) {
    if (event.seq <= seq) continue
    seq = event.seq
    const stepStatus = statusOf[event.type]
    if (stepStatus !== undefined && event.step !== null) {
      const index = steps.findIndex((step) => step.step === event.step)
      const next = stepAfter(steps[index], event, stepStatus)
      steps = index < 0 ? [...steps, next] : steps.with(index, next)
    }
    if (event.type === 'step.progress')
      steps = steps.map((step) =>
        step.step === event.step ? { ...step, ...progressOf(event, step) } : step,
      )
    const told = text(event.data['status'])
    if (event.type === 'run.status' && told !== null) status = told as RunView['status']
    if (event.type === 'run.completed') status = 'completed'
    if (event.type === 'run.failed') status = 'failed'
    if (event.type === 'run.cancelled') status = 'cancelled'
    if (event.type === 'run.continued') status = 'continued'
    if (isOver({ status })) endedAt ??= event.at
  }
  return { ...run, steps, status, seq, endedAt }
}
