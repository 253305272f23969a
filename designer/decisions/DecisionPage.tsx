import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function DecisionPage() {
  return (
    <PageFrame title={t('decisions')}>
      <PagePending />
    </PageFrame>
  )
}
