import type { RunView } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import styles from './RunPage.module.css'

export interface RunCanvasPaneProps {
  readonly run: RunView
  /** The flow that the run keeps; undefined while it is fetched. */
  readonly flow: Flow | undefined
  readonly descriptors: readonly NodeDescriptor[] | undefined
  readonly error: Error | null
  readonly onSelect: (node: string) => void
}

export function RunCanvasPane({ flow, descriptors, error }: RunCanvasPaneProps) {
  return (
    <div className={styles['canvas']}>
      {error !== null && <ErrorNotice error={error} />}
      {error === null && (flow === undefined || descriptors === undefined) && <PagePending />}
    </div>
  )
}
