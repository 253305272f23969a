import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function FlowsPage() {
  return (
    <PageFrame title={t('flows')}>
      <PagePending />
    </PageFrame>
  )
}
