import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function FlowPage() {
  return (
    <PageFrame title={t('flows')}>
      <PagePending />
    </PageFrame>
  )
}
