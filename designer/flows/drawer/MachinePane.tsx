import { Text } from '@mantine/core'
import { t } from '../messages.ts'

/** The XState machine that the flow compiles to. */
export function MachinePane() {
  return (
    <Text p="md" c="dimmed">
      {t('machineText')}
    </Text>
  )
}
