import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from '../ui/messages.ts'

export function TasksPage() {
  return (
    <PageFrame title={t('tasks')}>
      <PagePending />
    </PageFrame>
  )
}
