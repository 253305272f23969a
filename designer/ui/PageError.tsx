import { IconBug } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { EmptyNote } from './EmptyNote.tsx'
import { t } from './messages.ts'

/** Stands in a page's place when its code threw. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyNote
      icon={IconBug}
      title={t('crashedTitle')}
      text={error instanceof Error ? error.message : String(error)}
    >
      <Button variant="default" onClick={reset}>
        {t('tryAgain')}
      </Button>
    </EmptyNote>
  )
}
