import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { t } from './messages.ts'

export interface ErrorNoticeProps {
  readonly error: Error
  readonly onRetry?: () => void
}

/** A failed request in its place on the page, with the way to try again. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} m="md" maw={640} role="alert">
      {error.message}
      {onRetry !== undefined && (
        <Button mt="xs" variant="default" onClick={onRetry} display="block">
          {t('tryAgain')}
        </Button>
      )}
    </Alert>
  )
}
