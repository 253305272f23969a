import { useRef } from 'react'
import { Button, Group, Paper, Text } from '@mantine/core'
import type { Position, Wire } from '../document/command.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { useOutside } from './use-outside.ts'
import { t as shell } from '../ui/messages.ts'

export interface WireChoiceProps {
  readonly wire: Wire
  readonly screen: Position
}

/** A port takes one edge: asks whether to run both targets at once or to lead elsewhere. */
export function WireChoice({ wire, screen }: WireChoiceProps) {
  const { editor, view } = useEditor()
  const old = editor.store
    .get()
    .flow.edges.find((edge) => edge.source === wire.source && edge.sourcePort === wire.sourcePort)
  const name = (id: string | undefined): string =>
    (id === undefined ? undefined : editor.node(id)?.name) ?? id ?? ''
  const close = (): void => view.show({ wireChoice: null })
  const choose = (act: (wire: Wire) => void) => () => {
    act(wire)
    close()
  }
  const panel = useRef<HTMLDivElement>(null)
  useOutside(panel, close)
  const left = Math.max(8, Math.min(screen.x, window.innerWidth - 340))
  const top = Math.max(8, Math.min(screen.y, window.innerHeight - 180))
  return (
    <Paper
      ref={panel}
      role="dialog"
      aria-label={t('wireTaken', { target: name(old?.target) })}
      withBorder
      shadow="lg"
      radius="md"
      p="md"
      style={{ position: 'fixed', left, top, width: 328, zIndex: 200 }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <Text fw={600}>{t('wireTaken', { target: name(old?.target) })}</Text>
      <Text c="dimmed" mt={4} mb="sm">
        {t('wireTakenText', { next: name(wire.target) })}
      </Text>
      <Group gap={8}>
        <Button autoFocus onClick={choose(editor.forkWire)}>
          {t('wireFork')}
        </Button>
        <Button variant="default" onClick={choose(editor.replaceWire)}>
          {t('wireReplace', { next: name(wire.target) })}
        </Button>
        <Button variant="subtle" color="gray" onClick={close}>
          {shell('cancel')}
        </Button>
      </Group>
    </Paper>
  )
}
