import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { changePart, type Part } from './edit.ts'
import { addRule, asTried, moveRule } from './edit-rules.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { RuleRow } from './RuleRow.tsx'
import { useReorder } from './use-reorder.ts'
import styles from './Rules.module.css'

/** The rules as the engine tries them, each a sentence until one opens it. */
export function RulesEditor({ part }: { readonly part: Part<'rules'> }) {
  const { change } = useEditor()
  const [open, setOpen] = useState<string | null>(null)
  const rules = asTried(part.rules)
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
      <ol className={styles['rules']}>
        {rules.map((rule, index) => (
          <RuleRow
            key={rule.id}
            part={part}
            rule={rule}
            open={open === rule.id}
            onOpen={() => setOpen(open === rule.id ? null : rule.id)}
            row={reorder.row(index)}
            handle={reorder.handle(index)}
          />
        ))}
      </ol>
      <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={add} m={8}>
        {t('addRule')}
      </Button>
    </div>
  )
}
