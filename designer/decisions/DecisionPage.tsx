import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { queries } from '../api/queries.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { DecisionEditor } from './DecisionEditor.tsx'
import { t } from './messages.ts'

export function DecisionPage() {
  const { decisionId } = useParams({ from: '/decisions/$decisionId' })
  const { data, error, refetch } = useQuery({
    ...queries.decision(decisionId),
    // The editor holds the document from here on; what others save shows as a conflict.
    staleTime: 0,
    refetchOnReconnect: false,
  })
  if (data === undefined)
    return (
      <PageFrame title={t('decision')}>
        {error === null ? (
          <PagePending />
        ) : (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        )}
      </PageFrame>
    )
  return <DecisionEditor key={data.id} view={data} />
}
