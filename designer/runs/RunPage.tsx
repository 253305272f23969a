import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function RunPage() {
  return (
    <PageFrame title={t('runs')}>
      <PagePending />
    </PageFrame>
  )
}
