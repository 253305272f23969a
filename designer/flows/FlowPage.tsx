import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { parseFlow } from '#core/graph/parse.ts'
import { findingText } from '../canvas/finding-text.ts'
import { queries } from '../api/queries.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { FlowEditor } from './FlowEditor.tsx'
import { t } from './messages.ts'

/** Loads what the editor needs: the draft, the node types. */
export function FlowPage() {
  const { flowId } = useParams({ from: '/flows/$flowId' })
  const flow = useQuery({ ...queries.flow(flowId), staleTime: 0, gcTime: 0 })
  const nodeTypes = useQuery(queries.nodeTypes())
  const error = flow.error ?? nodeTypes.error
  if (error !== null && flow.data === undefined)
    return <ErrorNotice error={error} onRetry={() => void flow.refetch()} />
  if (flow.data === undefined || nodeTypes.data === undefined || flow.isPlaceholderData)
    return <PagePending />
  const parsed = parseFlow(flow.data.document)
  if (!parsed.ok) {
    const detail = parsed.findings.map(findingText).join(' ')
    return <ErrorNotice error={new Error(t('documentWrong', { detail }))} />
  }
  return (
    <FlowEditor
      key={flowId}
      summary={flow.data}
      flow={parsed.document}
      descriptors={nodeTypes.data}
      onReload={() => flow.refetch()}
    />
  )
}
