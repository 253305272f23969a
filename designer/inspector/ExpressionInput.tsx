import { lazy, Suspense, useState } from 'react'
import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Skeleton,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import {
  IconBraces,
  IconCodeDots,
  IconForms,
  IconFunction,
  IconListTree,
  IconScale,
  IconX,
} from '@tabler/icons-react'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonObject, JsonSchema } from '#core/json.ts'
import { JsonInput } from '../ui/JsonInput.tsx'
import { Field } from '../ui/form/Field.tsx'
import { SchemaForm } from '../ui/form/SchemaForm.tsx'
import { plainSchema, propertiesOf, subschema } from '../ui/form/schema-kind.ts'
import { ConditionBuilder } from './condition-builder/ConditionBuilder.tsx'
import { FieldSelect } from './condition-builder/FieldSelect.tsx'
import type { ScopeField } from './condition-builder/scope-field.ts'
import {
  emptyFor,
  entriesOf,
  fieldPath,
  fromEntries,
  keeps,
  modeOf,
  modesFor,
  shownMode,
  type ExpressionMode,
} from './expression.ts'
import { t } from './messages.ts'
import styles from './Inspector.module.css'

const FeelInput = lazy(() =>
  import('./feel/FeelInput.tsx').then(({ FeelInput: component }) => ({ default: component })),
)

export interface ExpressionInputProps {
  readonly label: string
  readonly schema: JsonSchema
  readonly required: boolean
  /** undefined where the input is not given */
  readonly value: Logic | undefined
  readonly fields: readonly ScopeField[]
  readonly onChange: (value: Logic | undefined) => void
  /** What the names are for a chosen sample, for the value beside a text. @default null */
  readonly sample?: JsonObject | null
}

const looks = {
  field: { icon: IconListTree, label: t('byField') },
  value: { icon: IconForms, label: t('byValue') },
  object: { icon: IconBraces, label: t('byObject') },
  condition: { icon: IconScale, label: t('byCondition') },
  text: { icon: IconFunction, label: t('byText') },
  logic: { icon: IconCodeDots, label: t('byLogic') },
} as const

/** One input of a node: a field in scope, a value, an object of expressions, a condition, or logic as text. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { label, required, value, fields, onChange } = props
  const schema = plainSchema(props.schema)
  const stored = modeOf(value, schema)
  const [wish, setWish] = useState<ExpressionMode | null>(null)
  const mode = shownMode(wish, value, schema)
  const modes = modesFor(schema)
  const shown = modes.includes(mode) ? modes : [...modes, mode]
  const description = typeof schema['description'] === 'string' ? schema['description'] : null
  return (
    <div className={styles['expression']} data-input={label}>
      <Group gap={4} wrap="nowrap" mb={4}>
        <Text size="xs" fw={500} flex={1} truncate>
          {label}
          {required && label !== '' && <span style={{ color: 'var(--failed)' }}> *</span>}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('mode')}
          value={mode}
          onChange={(next) => {
            const chosen = next as ExpressionMode
            setWish(chosen)
            if (!keeps(chosen, value) && chosen !== stored) onChange(emptyFor[chosen])
          }}
          data={shown.map((each) => {
            const Look = looks[each].icon
            return {
              value: each,
              label: (
                <Tooltip label={looks[each].label}>
                  <span className={styles['mode']}>
                    <Look size={14} aria-label={looks[each].label} />
                  </span>
                </Tooltip>
              ),
            }
          })}
        />
        {value !== undefined && !required && (
          <Tooltip label={t('clear')}>
            <ActionIcon
              size={24}
              aria-label={t('clear')}
              onClick={() => {
                setWish(null)
                onChange(undefined)
              }}
            >
              <IconX size={13} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Body
        mode={mode}
        schema={schema}
        value={value}
        fields={fields}
        onChange={(next) => {
          setWish(mode)
          onChange(next)
        }}
        sample={props.sample ?? null}
      />
      {description !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {description}
        </Text>
      )}
    </div>
  )
}

interface BodyProps extends Pick<
  ExpressionInputProps,
  'schema' | 'value' | 'fields' | 'onChange' | 'sample'
> {
  readonly mode: ExpressionMode
}

function Body({ mode, schema, value, fields, onChange, sample = null }: BodyProps) {
  if (mode === 'field')
    return (
      <FieldSelect
        path={value === undefined ? '' : (fieldPath(value) ?? '')}
        fields={fields}
        onChange={(path) => onChange(path === '' ? undefined : { var: path })}
      />
    )
  if (mode === 'value')
    return (
      <div className={styles['bare']}>
        <Field
          name="value"
          at="/value"
          schema={schema['type'] === undefined ? { type: 'string' } : schema}
          required
          value={value ?? undefined}
          errors={{}}
          Form={SchemaForm}
          onChange={(next) => onChange(next ?? null)}
        />
      </div>
    )
  if (mode === 'condition')
    return (
      <ConditionBuilder value={value ?? null} onChange={onChange} fields={fields} sample={sample} />
    )
  if (mode === 'object')
    return <ObjectEntries schema={schema} value={value} fields={fields} onChange={onChange} />
  if (mode === 'text')
    return (
      <Suspense fallback={<Skeleton height={66} />}>
        <FeelInput
          label={t('byText')}
          value={value ?? null}
          fields={fields}
          sample={sample}
          onChange={onChange}
        />
      </Suspense>
    )
  return <JsonInput value={value ?? null} onChange={onChange} lines={7} />
}

function ObjectEntries({ schema, value, fields, onChange }: Omit<BodyProps, 'mode'>) {
  const entries = entriesOf(value ?? null) ?? []
  const known = new Map(propertiesOf(schema))
  const free = [...known.keys()].filter((name) => !entries.some(([each]) => each === name))
  const put = (index: number, entry: readonly [string, Logic]): void =>
    onChange(fromEntries(entries.with(index, entry)))
  return (
    <div className={styles['entries']}>
      {entries.map(([name, logic], index) => (
        <div key={index} className={styles['entry']}>
          <Group gap={4} wrap="nowrap" mb={2}>
            <TextInput
              flex={1}
              aria-label={t('fieldName')}
              placeholder={t('fieldName')}
              value={name}
              onChange={(event) => put(index, [event.currentTarget.value, logic])}
            />
            <ActionIcon
              size={24}
              aria-label={t('removeInput')}
              onClick={() => onChange(fromEntries(entries.toSpliced(index, 1)))}
            >
              <IconX size={13} />
            </ActionIcon>
          </Group>
          <ExpressionInput
            label=""
            required
            schema={known.get(name) ?? subschema(schema['additionalProperties'])}
            value={logic ?? undefined}
            fields={fields}
            onChange={(next) => put(index, [name, next ?? null])}
          />
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => onChange(fromEntries([...entries, [free[0] ?? '', null]]))}
      >
        {t('addField')}
      </Button>
    </div>
  )
}
