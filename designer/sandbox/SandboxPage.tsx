import { Button } from '@mantine/core'
import { IconFlask2Off } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError } from '../api/http.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { BureauPanel } from './BureauPanel.tsx'
import { Inbox } from './Inbox.tsx'
import { t } from './messages.ts'
import { sandboxQueries, useArrivals } from './sandbox-queries.ts'
import styles from './SandboxPage.module.css'

/** What runs sent instead of to real people, and the switches of the bureau that stands in for the real one. */
export function SandboxPage() {
  useArrivals()
  const messages = useQuery(sandboxQueries.messages())
  const off = messages.error instanceof ApiError && messages.error.code === 'SANDBOX_OFF'
  return (
    <PageFrame title={t('sandbox')} subtitle={t('subtitle')} flush>
      {messages.isPending && <PagePending />}
      {off && (
        <EmptyNote icon={IconFlask2Off} title={t('off')} text={t('offText')}>
          <Button component={Link} to="/connections">
            {t('toConnections')}
          </Button>
        </EmptyNote>
      )}
      {messages.error !== null && !off && (
        <ErrorNotice error={messages.error} onRetry={() => void messages.refetch()} />
      )}
      {messages.data !== undefined && (
        <div className={styles['page']}>
          <Inbox messages={messages.data.items} />
          <BureauPanel />
        </div>
      )}
    </PageFrame>
  )
}
