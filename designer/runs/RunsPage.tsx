import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function RunsPage() {
  return (
    <PageFrame title={t('runs')}>
      <PagePending />
    </PageFrame>
  )
}
