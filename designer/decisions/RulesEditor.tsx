import { useState } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { changePart, type Part } from './edit.ts'
import { addRule, asTried, moveRule } from './edit-rules.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { hasWords } from './rule-words.ts'
import { RuleRow } from './RuleRow.tsx'
import { useReorder } from './use-reorder.ts'
import styles from './Rules.module.css'

/** From so many rules on one searches them. */
const manyRules = 6

/** The rules as the engine tries them, each a sentence until one opens it. */
export function RulesEditor({ part }: { readonly part: Part<'rules'> }) {
  const { change } = useEditor()
  const [open, setOpen] = useState<string | null>(null)
  const [query, setQuery] = useState('')
  const rules = asTried(part.rules)
  const found = rules.filter((rule) => rule.id === open || hasWords(rule, query))
  const reorder = useReorder(rules.length, (from, to) => {
    const id = rules[from]?.id
    if (id !== undefined) change((all) => changePart(all, part, (now) => moveRule(now, id, to)))
  })
  const add = (): void => {
    const next = addRule(part, t('newRule'))
    change((all) => changePart(all, part, () => next))
    setOpen(next.rules.at(-1)?.id ?? null)
  }
  return (
    <div>
      {rules.length === 0 && <p className={styles['empty']}>{t('noRules')}</p>}
      {rules.length >= manyRules && (
        <Group gap="sm" px={12} py={8}>
          <TextInput
            aria-label={t('findRule')}
            placeholder={t('findRule')}
            title={t('findRuleHint')}
            leftSection={<IconSearch size={14} />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            w={240}
          />
          {query.trim() !== '' && (
            <span className={styles['quiet']} aria-live="polite">
              {found.length === 0
                ? t('rulesNotFound', { text: query.trim() })
                : t('rulesFound', { count: found.length, all: rules.length })}
            </span>
          )}
        </Group>
      )}
      <ol className={styles['rules']}>
        {found.map((rule) => (
          <RuleRow
            key={rule.id}
            part={part}
            rule={rule}
            open={open === rule.id}
            onOpen={() => setOpen(open === rule.id ? null : rule.id)}
            row={reorder.row(rules.indexOf(rule))}
            handle={reorder.handle(rules.indexOf(rule))}
          />
        ))}
      </ol>
      <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={add} m={8}>
        {t('addRule')}
      </Button>
    </div>
  )
}
