import { IconChecklist } from '@tabler/icons-react'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { t } from './messages.ts'
import { TaskInbox } from './TaskInbox.tsx'

/** The inbox with nothing chosen. */
export function TasksPage() {
  return (
    <TaskInbox chosen={null}>
      <EmptyNote icon={IconChecklist} title={t('choose')} text={t('chooseText')} />
    </TaskInbox>
  )
}
