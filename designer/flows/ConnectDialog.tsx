import { useState } from 'react'
import { Button, Modal, Select, Stack } from '@mantine/core'
import { portsOf } from '#core/graph/ports.ts'
import { useEditor, useFlow, useNode } from '../canvas/editor-context.ts'
import { t } from '../canvas/messages.ts'

/** Draws an edge without a pointer: a port of the node, then the node that it leads to. */
export function ConnectDialog({ node: id }: { readonly node: string }) {
  const { editor, view } = useEditor()
  const node = useNode(id)
  const flow = useFlow((state) => state.flow)
  const descriptor = node === undefined ? undefined : editor.descriptor(node.type)
  const ports = node === undefined || descriptor === undefined ? [] : portsOf(node, descriptor)
  const free = editor.freePorts(id)
  const [port, setPort] = useState<string | null>(free[0] ?? ports[0]?.id ?? null)
  const [target, setTarget] = useState<string | null>(null)
  const close = (): void => view.show({ connectFrom: null })
  const leads = (portId: string): string => {
    const edge = flow.edges.find((each) => each.source === id && each.sourcePort === portId)
    const name = flow.nodes.find((each) => each.id === edge?.target)?.name
    return name === undefined ? '' : ` → ${name}`
  }
  return (
    <Modal opened onClose={close} title={t('connectTitle', { node: node?.name ?? id })} size={400}>
      <Stack
        gap={12}
        component="form"
        onSubmit={(event: { preventDefault: () => void }) => {
          event.preventDefault()
          if (port === null || target === null) return
          const wire = { source: id, sourcePort: port, target }
          close()
          if (editor.connect(wire)) return
          const { innerWidth, innerHeight } = window
          view.show({ wireChoice: { wire, screen: { x: innerWidth / 2, y: innerHeight / 3 } } })
        }}
      >
        <Select
          label={t('connectPort')}
          allowDeselect={false}
          value={port}
          data={ports.map((each) => ({ value: each.id, label: `${each.title}${leads(each.id)}` }))}
          onChange={setPort}
        />
        <Select
          label={t('connectTarget')}
          searchable
          data-autofocus
          value={target}
          data={flow.nodes
            .filter((each) => editor.descriptor(each.type)?.kind !== 'start' && each.id !== id)
            .map((each) => ({ value: each.id, label: each.name || each.id }))}
          onChange={setTarget}
        />
        <Button type="submit" disabled={port === null || target === null}>
          {t('connectAction')}
        </Button>
      </Stack>
    </Modal>
  )
}
