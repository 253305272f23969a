import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { FlowNode, Logic } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { useEditor } from '../canvas/editor-context.ts'
import { wordsOf } from '../ui/form/schema-kind.ts'
import { newElementId } from '../document/ids.ts'
import type { ScopeField } from './condition-builder/scope-field.ts'
import { ExpressionInput } from './ExpressionInput.tsx'
import { t } from './messages.ts'
import { useGesture } from './use-gesture.ts'

export interface InputsTabProps {
  readonly node: FlowNode
  readonly descriptor: NodeDescriptor
  readonly fields: readonly ScopeField[]
}

export function InputsTab({ node, descriptor, fields }: InputsTabProps) {
  const { editor } = useEditor()
  const { onFocusCapture, gesture } = useGesture(`inputs ${node.id}`)
  const declared = Object.entries(descriptor.inputs)
  const own = Object.keys(node.inputs).filter((name) => descriptor.inputs[name] === undefined)
  const save = (inputs: FlowNode['inputs'], path: string): void =>
    editor.store.execute({ do: 'set-inputs', node: node.id, inputs }, { gesture: gesture(path) })
  const put = (name: string, value: Logic | undefined): void => {
    const { [name]: _, ...rest } = node.inputs
    save(value === undefined ? rest : { ...node.inputs, [name]: value }, name)
  }
  const rename = (from: string, to: string): void =>
    save(
      Object.fromEntries(
        Object.entries(node.inputs).map(([name, value]) => [name === from ? to : name, value]),
      ),
      `name ${own.indexOf(from)}`,
    )
  if (declared.length === 0 && own.length === 0 && !descriptor.openInputs)
    return <Text c="dimmed">{t('noInputs')}</Text>
  return (
    <Stack gap={12} onFocusCapture={onFocusCapture}>
      {declared.map(([name, { schema, required }]) => (
        <ExpressionInput
          key={`${node.id} ${name}`}
          label={wordsOf(name)}
          schema={schema}
          required={required}
          value={node.inputs[name]}
          fields={fields}
          onChange={(value) => put(name, value)}
        />
      ))}
      {descriptor.openInputs && (
        <Text size="xs" c="dimmed">
          {t('openInputs')}
        </Text>
      )}
      {own.map((name, index) => (
        <div key={`${node.id} own ${index}`}>
          <Group gap={4} wrap="nowrap" mb={4}>
            <TextInput
              flex={1}
              aria-label={t('inputName')}
              value={name}
              onChange={(event) => {
                const to = event.currentTarget.value
                if (node.inputs[to] === undefined) rename(name, to)
              }}
            />
            <ActionIcon
              size={24}
              aria-label={t('removeInput')}
              onClick={() => put(name, undefined)}
            >
              <IconX size={13} />
            </ActionIcon>
          </Group>
          <ExpressionInput
            label=""
            schema={{}}
            required
            value={node.inputs[name] ?? undefined}
            fields={fields}
            onChange={(value) => put(name, value ?? null)}
          />
        </div>
      ))}
      {descriptor.openInputs && (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => put(newElementId('field', Object.keys(node.inputs)), null)}
        >
          {t('addInput')}
        </Button>
      )}
    </Stack>
  )
}
