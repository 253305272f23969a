import { Button, Group, NumberInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { freshId } from '#core/decision/fresh-id.ts'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { isObject } from '#core/json.ts'
import { useEditor } from '../editor-context.ts'
import { useEditPart } from '../parts/use-part.ts'
import { CharacteristicCard } from './CharacteristicCard.tsx'
import { t } from './messages.ts'
import { ScoreHistogram } from './ScoreHistogram.tsx'
import { usePopulation } from './use-population.ts'
import parts from '../parts/Parts.module.css'
import styles from './Scorecard.module.css'

/** A scorecard: facts in bins worth points, what applicants score with it, and where the cut-offs stand. */
export function ScorecardEditor({ part }: { readonly part: ScorecardPart }) {
  const edit = useEditPart<'scorecard'>(part)
  const { decision, others, outcome, applicants } = useEditor()
  const population = usePopulation({ decision, others }, applicants)
  const value = 'result' in outcome ? outcome.result.values[part.id] : null
  const scored = isObject(value) ? value['score'] : null
  const score = typeof scored === 'number' ? scored : null
  const counted = population.parts[part.id]
  const add = (): void =>
    edit((now) => ({
      ...now,
      characteristics: [
        ...now.characteristics,
        {
          id: freshId(
            'fact',
            now.characteristics.map(({ id }) => id),
          ),
          name: t('newCharacteristic'),
          expression: null,
          bins: [{ id: 'bin_1', when: null, points: 0 }],
        },
      ],
    }))
  const setCutoff = (key: 'declineBelow' | 'approveFrom', next: number | null): void =>
    edit((now) => {
      const { [key]: _old, ...rest } = now.cutoffs ?? {}
      const cutoffs = next === null ? rest : { ...rest, [key]: next }
      const { cutoffs: _all, ...others_ } = now
      return Object.keys(cutoffs).length === 0 ? others_ : { ...others_, cutoffs }
    }, key)
  return (
    <div className={parts['body']}>
      <Group gap="md" align="end">
        <NumberInput
          label={t('base')}
          value={part.base}
          onChange={(next) => edit((now) => ({ ...now, base: Number(next) || 0 }), 'base')}
          w={150}
        />
        {(['declineBelow', 'approveFrom'] as const).map((key) => (
          <NumberInput
            key={key}
            label={t(key)}
            title={t('cutoffHint')}
            value={part.cutoffs?.[key] ?? ''}
            onChange={(next) => setCutoff(key, next === '' ? null : Number(next))}
            w={120}
          />
        ))}
        <NumberInput
          label={t('most')}
          title={t('mostHint')}
          placeholder="4"
          min={0}
          allowDecimal={false}
          allowNegative={false}
          value={part.reasons?.most ?? ''}
          onChange={(next) =>
            edit(({ reasons: _old, ...now }) => {
              const most = Math.trunc(Number(next))
              return next === '' || !(most >= 0) ? now : { ...now, reasons: { most } }
            }, 'most')
          }
          w={120}
        />
        <span className={styles['score']}>
          {score === null ? t('noScore') : t('score', { score })}
        </span>
      </Group>
      {part.characteristics.length === 0 ? (
        <p className={parts['quiet']}>{t('noCharacteristics')}</p>
      ) : (
        <ScoreHistogram
          part={part}
          population={population}
          sample={score}
          onCutoff={(key, next) => setCutoff(key, next)}
        />
      )}
      {part.characteristics.map((each) => (
        <CharacteristicCard
          key={each.id}
          part={part}
          each={each}
          edit={edit}
          counted={counted === undefined || population.count === 0 ? null : counted}
          count={population.count}
        />
      ))}
      <div>
        <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('addCharacteristic')}
        </Button>
      </div>
    </div>
  )
}
