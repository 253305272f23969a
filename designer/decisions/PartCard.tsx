import type { ReactNode } from 'react'
import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react'
import type { DecisionPart } from '#core/graph/decision.ts'
import { changePart, movePart, removeParts } from './edit.ts'
import { useEditor } from './editor-context.ts'
import { unitElement } from './explain/show-unit.ts'
import { ExpressionEditor } from './ExpressionEditor.tsx'
import { t } from './messages.ts'
import { partIcons } from './part-icons.ts'
import { NestedEditor } from './parts/NestedEditor.tsx'
import { OutputEditor } from './parts/OutputEditor.tsx'
import { RunsSelect } from './parts/RunsSelect.tsx'
import { SwitchEditor } from './parts/SwitchEditor.tsx'
import { RulesEditor } from './RulesEditor.tsx'
import { ScorecardEditor } from './scorecard/ScorecardEditor.tsx'
import { TableEditor } from './table/TableEditor.tsx'
import styles from './DecisionEditor.module.css'

const bodies: {
  readonly [K in DecisionPart['kind']]: (part: Extract<DecisionPart, { kind: K }>) => ReactNode
} = {
  rules: (part) => <RulesEditor part={part} />,
  table: (part) => <TableEditor part={part} />,
  expression: (part) => <ExpressionEditor part={part} />,
  scorecard: (part) => <ScorecardEditor part={part} />,
  switch: (part) => <SwitchEditor part={part} />,
  decision: (part) => <NestedEditor part={part} />,
  output: (part) => <OutputEditor part={part} />,
}

const bodyOf = (part: DecisionPart): ReactNode =>
  // The kind selects the editor of that kind; the compiler cannot see that the two belong together.
  (bodies[part.kind] as (part: DecisionPart) => ReactNode)(part)

export function PartCard({ part, index }: { readonly part: DecisionPart; readonly index: number }) {
  const { change } = useEditor()
  const Sign = partIcons[part.kind]
  return (
    <section
      className={styles['part']}
      data-kind={part.kind}
      aria-label={part.name}
      id={unitElement(part.id, null)}
    >
      <header className={styles['partHead']}>
        <Sign size={18} color="var(--area-decision)" aria-label={t(`kind_${part.kind}`)} />
        <TextInput
          variant="unstyled"
          aria-label={t('partName')}
          value={part.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            change(
              (all) => changePart(all, part, (now) => ({ ...now, name })),
              `part-name:${part.id}`,
            )
          }}
          className={styles['partName'] ?? ''}
        />
        <code className={styles['id']} title={t('partId')}>
          {part.id}
        </code>
        <RunsSelect part={part} />
        <PartMenu part={part} index={index} />
      </header>
      {bodyOf(part)}
    </section>
  )
}

function PartMenu({ part, index }: { readonly part: DecisionPart; readonly index: number }) {
  const { decision, change } = useEditor()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('partMenu', { part: part.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          disabled={index === 0}
          onClick={() => change((all) => movePart(all, index, index - 1))}
        >
          {t('partUp')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={index === decision.parts.length - 1}
          onClick={() => change((all) => movePart(all, index, index + 1))}
        >
          {t('partDown')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => change((all) => removeParts(all, new Set([part.id])))}
        >
          {t('partDelete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
