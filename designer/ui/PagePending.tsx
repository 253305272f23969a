import { Center, Loader } from '@mantine/core'
import { t } from './messages.ts'

export function PagePending() {
  return (
    <Center h="100%" mih={240} aria-label={t('loading')} role="status">
      <Loader size="sm" />
    </Center>
  )
}
