import { ActionIcon, Button, Input, Menu, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { RuleAction } from '#core/graph/decision.ts'
import { ActionFields } from './ActionFields.tsx'
import { blankAction } from './edit-rules.ts'
import { t } from './messages.ts'
import styles from './Rules.module.css'

export interface ActionListProps {
  readonly actions: readonly RuleAction[]
  readonly name: string
  /** An action was added or taken away. */
  readonly onChange: (actions: RuleAction[]) => void
  /** Something was typed into one. */
  readonly onType: (actions: RuleAction[]) => void
}

const kinds = Object.keys(blankAction) as RuleAction['do'][]

export function ActionList({ actions, name, onChange, onType }: ActionListProps) {
  return (
    <Input.Wrapper label={t('ruleThen')} styles={{ label: { textTransform: 'capitalize' } }}>
      <div className={styles['actions']}>
        {actions.map((action, index) => (
          // An action has no id of its own; its place is what one edits.
          <div key={`${name}:${index}:${action.do}`} className={styles['action']}>
            <span className={styles['kind']}>{t(`do_${action.do}`)}</span>
            <ActionFields action={action} onChange={(next) => onType(actions.with(index, next))} />
            <Tooltip label={t('removeAction')}>
              <ActionIcon
                aria-label={t('removeAction')}
                onClick={() => onChange(actions.toSpliced(index, 1))}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </div>
        ))}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={14} />}
              style={{ justifySelf: 'start' }}
            >
              {t('addAction')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => onChange([...actions, blankAction[kind]()])}>
                {t(`do_${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </Input.Wrapper>
  )
}
