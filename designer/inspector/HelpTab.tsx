import { Text } from '@mantine/core'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { Markdown } from './Markdown.tsx'
import { t } from './messages.ts'

export function HelpTab({ descriptor }: { readonly descriptor: NodeDescriptor }) {
  const services = descriptor.policy?.uses ?? []
  return (
    <>
      <Text mb={8}>{descriptor.description}</Text>
      <Text size="xs" c="dimmed" mb={12} className="mono">
        {descriptor.type} v{descriptor.version}
        {services.length > 0 && ` · ${t('usesServices', { services: services.join(', ') })}`}
      </Text>
      {descriptor.help === '' ? (
        <Text c="dimmed">{t('noHelp')}</Text>
      ) : (
        <Markdown source={descriptor.help} />
      )}
    </>
  )
}
