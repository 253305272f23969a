import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function ConnectionsPage() {
  return (
    <PageFrame title={t('connections')}>
      <PagePending />
    </PageFrame>
  )
}
