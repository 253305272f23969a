import { Button, Menu } from '@mantine/core'
import { IconListCheck, IconPlus } from '@tabler/icons-react'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { addPart, type PartKind } from './edit.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { partIcons } from './part-icons.ts'
import { PartCard } from './PartCard.tsx'
import styles from './DecisionEditor.module.css'

const kinds = [
  ['rules', 'newRules'],
  ['table', 'newTable'],
  ['scorecard', 'newScorecard'],
  ['expression', 'newExpression'],
  ['switch', 'newSwitch'],
  ['decision', 'newNested'],
  ['output', 'newOutput'],
] as const

/** The parts in the order in which they are evaluated. */
export function PartList() {
  const { decision } = useEditor()
  return (
    <>
      {decision.parts.length === 0 && (
        <EmptyNote icon={IconListCheck} title={t('noParts')} text={t('noPartsText')} />
      )}
      {decision.parts.map((part, index) => (
        <PartCard key={part.id} part={part} index={index} />
      ))}
      <AddPart />
    </>
  )
}

/** Adds a part of a chosen kind at the end. */
export function AddPart() {
  const { change } = useEditor()
  const add = (kind: PartKind, name: string): void =>
    change((decision) => addPart(decision, kind, name))
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          className={styles['addPart'] ?? ''}
        >
          {t('addPart')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown maw={340}>
        <PartKinds onPick={add} />
      </Menu.Dropdown>
    </Menu>
  )
}

export interface PartKindsProps {
  /** `name` is what a new part of the kind is called. */
  readonly onPick: (kind: PartKind, name: string) => void
}

/** The kinds of parts as the items of a menu. */
export const PartKinds = ({ onPick }: PartKindsProps) =>
  kinds.map(([kind, name]) => {
    const Sign = partIcons[kind]
    return (
      <Menu.Item key={kind} leftSection={<Sign size={16} />} onClick={() => onPick(kind, t(name))}>
        {t(`kind_${kind}`)}
        <div className={styles['quiet']}>{t(`kind_${kind}_text`)}</div>
      </Menu.Item>
    )
  })
