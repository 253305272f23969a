import { MultiSelect } from '@mantine/core'
import type { DecisionPart } from '#core/graph/decision.ts'
import { otherwise } from '#core/decision/switch.ts'
import { changePart } from '../edit.ts'
import { useEditor } from '../editor-context.ts'
import { t } from './messages.ts'

/** For which cases of a switch the part runs; nothing where the decision has no other switch. */
export function RunsSelect({ part }: { readonly part: DecisionPart }) {
  const { decision, change } = useEditor()
  const switches = decision.parts.filter((each) => each.kind === 'switch' && each.id !== part.id)
  if (switches.length === 0) return null
  const groups = switches.flatMap((each) =>
    each.kind === 'switch'
      ? [
          {
            group: each.name,
            items: [...each.cases, { id: otherwise, name: t('otherwise') }].map(({ id, name }) => ({
              value: `${each.id}.${id}`,
              label: t('onlyCase', { switch: each.name, case: name }),
            })),
          },
        ]
      : [],
  )
  const { only } = part
  return (
    <MultiSelect
      size="xs"
      // Most parts always run: a frame around each would shout.
      variant={only === undefined ? 'unstyled' : 'default'}
      aria-label={t('only')}
      placeholder={only === undefined ? t('always') : ''}
      data={groups}
      value={only?.cases.map((each) => `${only.switch}.${each}`) ?? []}
      onChange={(chosen) =>
        change((all) =>
          changePart(all, part, ({ only: _old, ...now }) => {
            // A part hangs on one switch: the one that was chosen last.
            const last = chosen.at(-1)?.split('.')[0]
            if (last === undefined) return now
            const cases = chosen.flatMap((each) => {
              const [id, name] = each.split('.')
              return id === last && name !== undefined ? [name] : []
            })
            return { ...now, only: { switch: last, cases } }
          }),
        )
      }
      w={only === undefined ? 120 : 220}
    />
  )
}
