import { lazy, Suspense } from 'react'
import type { RunView } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import styles from './RunPage.module.css'

/** The canvas brings the graph library along: it loads when a run is first looked at. */
const RunCanvas = lazy(async () => {
  const { RunCanvas: component } = await import('../canvas/RunCanvas.tsx')
  return { default: component }
})

export interface RunCanvasPaneProps {
  readonly run: RunView
  /** The flow that the run keeps; undefined while it is fetched. */
  readonly flow: Flow | undefined
  readonly descriptors: readonly NodeDescriptor[] | undefined
  readonly error: Error | null
  readonly selected: string | null
  /** The node to bring into sight. */
  readonly focus: string | null
  readonly onSelect: (node: string | null) => void
}

export function RunCanvasPane(props: RunCanvasPaneProps) {
  const { run, flow, descriptors, error, selected, focus, onSelect } = props
  const ready = flow !== undefined && descriptors !== undefined
  return (
    <div className={styles['canvas']}>
      {error !== null && <ErrorNotice error={error} />}
      {error === null && !ready && <PagePending />}
      {ready && (
        <Suspense fallback={<PagePending />}>
          <RunCanvas
            flow={flow}
            descriptors={descriptors}
            steps={run.steps}
            selected={selected}
            focus={focus}
            onSelect={onSelect}
          />
        </Suspense>
      )}
    </div>
  )
}
