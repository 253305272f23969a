import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function ModelsPage() {
  return (
    <PageFrame title={t('models')}>
      <PagePending />
    </PageFrame>
  )
}
