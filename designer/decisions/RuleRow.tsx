import type { HTMLAttributes } from 'react'
import { ActionIcon, Menu, Switch } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react'
import type { Rule } from '#core/graph/decision.ts'
import { changePart, type Part } from './edit.ts'
import { changeRule, copyRule, removeRule } from './edit-rules.ts'
import { useEditor, useFields } from './editor-context.ts'
import { CoverageBadge } from './explain/CoverageBadge.tsx'
import { coverageKey } from './explain/coverage-marks.ts'
import { unitElement } from './explain/show-unit.ts'
import { FateBadge } from './FateBadge.tsx'
import { t } from './messages.ts'
import { RuleForm } from './RuleForm.tsx'
import { actionWords, conditionWords } from './rule-words.ts'
import { fateOf } from './try-draft.ts'
import styles from './Rules.module.css'

export interface RuleRowProps {
  readonly part: Part<'rules'>
  readonly rule: Rule
  readonly open: boolean
  readonly onOpen: () => void
  readonly row: HTMLAttributes<HTMLElement>
  readonly handle: HTMLAttributes<HTMLElement>
}

export function RuleRow({ part, rule, open, onOpen, row, handle }: RuleRowProps) {
  const { change, findings, decision, outcome, covered } = useEditor()
  const fields = useFields(part.id)
  const titles = new Map(fields.map((field) => [field.path, field.title]))
  const path = `/parts/${decision.parts.findIndex((each) => each.id === part.id)}/rules/${part.rules.findIndex((each) => each.id === rule.id)}/`
  const problem = findings.find((finding) => `${finding.place.path}/`.startsWith(path))
  const words = conditionWords(rule, (field) => titles.get(field))
  const Chevron = open ? IconChevronDown : IconChevronRight
  const set = (part_: Partial<Rule>): void =>
    change((all) =>
      changePart(all, part, (now) => changeRule(now, rule.id, (each) => ({ ...each, ...part_ }))),
    )
  return (
    <li
      id={unitElement(part.id, rule.id)}
      className={styles['rule']}
      data-off={!rule.enabled || undefined}
      {...row}
    >
      <div className={styles['line']}>
        <button
          type="button"
          className={styles['handle']}
          aria-label={t('ruleHandle', { rule: rule.name })}
          title={t('ruleHandle', { rule: rule.name })}
          {...handle}
        >
          <IconGripVertical size={14} />
        </button>
        <Switch
          size="xs"
          checked={rule.enabled}
          aria-label={t('ruleEnabled', { rule: rule.name })}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <button
          type="button"
          className={styles['sentence']}
          aria-expanded={open}
          aria-label={t('ruleOpen', { rule: rule.name })}
          onClick={onOpen}
        >
          <span className={styles['name']}>
            {rule.name}
            {limitsOf(rule).map((limit) => (
              <span key={limit} className={styles['quiet']}>
                {' '}
                · {limit}
              </span>
            ))}
          </span>
          <span className={styles['words']}>
            <b>{t('ruleWhen')}</b> {words === '' ? <i>{t('ruleNever')}</i> : lowerFirst(words)}{' '}
            <b>{t('ruleThen')}</b>{' '}
            {rule.then.length === 0 ? <i>{t('ruleNothing')}</i> : actionWords(rule.then)}
          </span>
        </button>
        {problem !== undefined && (
          <IconAlertTriangle
            size={16}
            color={`var(--${problem.severity === 'error' ? 'failed' : 'waiting'})`}
            aria-label={t(problem.severity)}
          />
        )}
        <CoverageBadge mark={covered.get(coverageKey(part.id, rule.id))} />
        <FateBadge fate={fateOf(outcome, part.id, rule.id)} />
        <span className={`num ${styles['priority'] ?? ''}`} title={t('rulePriority')}>
          {rule.priority}
        </span>
        <RuleMenu part={part} rule={rule} />
        <ActionIcon aria-hidden tabIndex={-1} onClick={onOpen}>
          <Chevron size={16} />
        </ActionIcon>
      </div>
      {open && <RuleForm part={part} rule={rule} onChange={set} />}
    </li>
  )
}

/** When and for whom it is not in force. */
const limitsOf = ({ enabled, tenant, validFrom, validTo }: Rule): string[] => [
  ...(enabled ? [] : [t('ruleOff')]),
  ...(tenant === undefined ? [] : [t('ruleOf', { tenant })]),
  ...(validFrom === undefined ? [] : [t('ruleSince', { day: validFrom })]),
  ...(validTo === undefined ? [] : [t('ruleUntil', { day: validTo })]),
]

const lowerFirst = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words

function RuleMenu({ part, rule }: Pick<RuleRowProps, 'part' | 'rule'>) {
  const { change } = useEditor()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('ruleMenu', { rule: rule.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          onClick={() =>
            change((all) =>
              changePart(all, part, (now) =>
                copyRule(now, rule.id, t('ruleCopyName', { rule: rule.name })),
              ),
            )
          }
        >
          {t('ruleCopy')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => change((all) => changePart(all, part, (now) => removeRule(now, rule.id)))}
        >
          {t('ruleDelete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
