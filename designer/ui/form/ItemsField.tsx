import { ActionIcon, Button, Group, Input, Paper, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { isObject, plainText, type Json, type JsonSchema } from '#core/json.ts'
import { defaultOf } from '../../document/defaults.ts'
import { newElementId } from '../../document/ids.ts'
import { labelProps, type FieldProps } from './field-props.ts'
import { t } from './messages.ts'
import { plainSchema, subschema, titleOf, wordsOf } from './schema-kind.ts'

type Item = Record<string, Json>

const itemsOf = (value: Json | undefined): Item[] =>
  Array.isArray(value) ? (value as Json[]).filter(isObject).map((each) => each as Item) : []

const singular = (name: string): string =>
  name
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|ss|x)es$/, '$1')
    .replace(/s$/, '')

function newItem(schema: JsonSchema, name: string, before: readonly Item[]): Item {
  const properties = subschema(schema['properties'])
  const item = (defaultOf({ ...schema, type: 'object' }) ?? {}) as Item
  if (!('id' in properties)) return item
  const id = newElementId(
    singular(name),
    before.map((each) => plainText(each['id'] ?? null)),
  )
  return { ...item, id, ...('name' in properties ? { name: wordsOf(id) } : {}) }
}

/** A list of objects: cases, branches, outcomes, mappings. Ids stay what they are when items move. */
export function ItemsField(props: FieldProps) {
  const { schema, name, value, errors, onChange, at, Form } = props
  const items = itemsOf(value)
  const itemSchema = plainSchema(subschema(schema['items']))
  const hasId = 'id' in subschema(itemSchema['properties'])
  const { name: _, ...label } = labelProps(props)
  const swap = (from: number, to: number): void => {
    const moved = items[from]
    if (moved !== undefined && to >= 0 && to < items.length)
      onChange(items.toSpliced(from, 1).toSpliced(to, 0, moved), at)
  }
  const what = singular(titleOf(schema, name).toLowerCase())
  return (
    <Input.Wrapper {...label} size="xs" labelElement="div">
      <Stack gap={8} mt={4}>
        {items.map((item, index) => (
          <Paper key={hasId ? plainText(item['id'] ?? null) : index} withBorder p={10} radius="sm">
            <Group gap={2} mb={6} wrap="nowrap">
              <Text size="xs" c="dimmed" flex={1} className={hasId ? 'mono' : ''} truncate>
                {hasId ? plainText(item['id'] ?? null) : `${wordsOf(what)} ${index + 1}`}
              </Text>
              <ActionIcon
                size={22}
                aria-label={t('moveUp')}
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <IconArrowUp size={13} />
              </ActionIcon>
              <ActionIcon
                size={22}
                aria-label={t('moveDown')}
                disabled={index === items.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <IconArrowDown size={13} />
              </ActionIcon>
              <ActionIcon
                size={22}
                aria-label={t('removeItem')}
                onClick={() => onChange(items.toSpliced(index, 1), at)}
              >
                <IconTrash size={13} />
              </ActionIcon>
            </Group>
            <Form
              schema={itemSchema}
              value={item}
              errors={errors}
              hidden={hasId ? ['id'] : []}
              at={`${at}/${index}`}
              onChange={(next, path) => onChange(items.with(index, next), path)}
            />
          </Paper>
        ))}
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange([...items, newItem(itemSchema, name, items)], at)}
        >
          {`${t('addItem')} ${what}`}
        </Button>
      </Stack>
    </Input.Wrapper>
  )
}
