import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from './EmptyNote.tsx'
import { t } from './messages.ts'

export function NotFound() {
  return (
    <EmptyNote icon={IconMapQuestion} title={t('notFoundTitle')} text={t('notFoundText')}>
      <Button component={Link} to="/flows">
        {t('toFlows')}
      </Button>
    </EmptyNote>
  )
}
