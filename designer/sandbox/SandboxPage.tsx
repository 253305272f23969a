import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function SandboxPage() {
  return (
    <PageFrame title={t('sandbox')}>
      <PagePending />
    </PageFrame>
  )
}
