import { useState } from 'react'
import { ActionIcon, Button, Checkbox, Group, Input, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { isObject } from '#core/json.ts'
import { FieldSelect } from '../../inspector/condition-builder/FieldSelect.tsx'
import { fieldPath } from '../../inspector/expression.ts'
import { freshId, type Part } from '../edit.ts'
import { useEditor, useFields } from '../editor-context.ts'
import { cellText, parseCell } from '../table/cell-text.ts'
import { t } from './messages.ts'
import { useEditPart, type EditPart } from './use-part.ts'
import styles from './Parts.module.css'

type Scorecard = Part<'scorecard'>
type Characteristic = Scorecard['characteristics'][number]
type Bin = Characteristic['bins'][number]

/** A scorecard: facts in bins worth points, the widest bar being the best bin. */
export function ScorecardEditor({ part }: { readonly part: Scorecard }) {
  const edit = useEditPart<'scorecard'>(part)
  const { outcome } = useEditor()
  const value = 'result' in outcome ? outcome.result.values[part.id] : null
  const score = isObject(value) ? value['score'] : null
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
  return (
    <div className={styles['body']}>
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
            onChange={(next) =>
              edit((now) => {
                const { [key]: _old, ...rest } = now.cutoffs ?? {}
                const cutoffs = next === '' ? rest : { ...rest, [key]: Number(next) }
                const { cutoffs: _all, ...others } = now
                return Object.keys(cutoffs).length === 0 ? others : { ...others, cutoffs }
              }, key)
            }
            w={130}
          />
        ))}
        <span className={styles['score']}>
          {typeof score === 'number' ? t('score', { score }) : t('noScore')}
        </span>
      </Group>
      {part.characteristics.length === 0 && (
        <p className={styles['quiet']}>{t('noCharacteristics')}</p>
      )}
      {part.characteristics.map((each) => (
        <CharacteristicCard key={each.id} part={part} each={each} edit={edit} />
      ))}
      <div>
        <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('addCharacteristic')}
        </Button>
      </div>
    </div>
  )
}

interface CharacteristicProps {
  readonly part: Scorecard
  readonly each: Characteristic
  readonly edit: EditPart<'scorecard'>
}

function CharacteristicCard({ part, each, edit }: CharacteristicProps) {
  const fields = useFields(part.id)
  const { outcome } = useEditor()
  const set = (next: (now: Characteristic) => Characteristic, gesture?: string): void =>
    edit(
      (now) => ({
        ...now,
        characteristics: now.characteristics.map((one) => (one.id === each.id ? next(one) : one)),
      }),
      gesture === undefined ? undefined : `${each.id}:${gesture}`,
    )
  const fired = new Set(
    'result' in outcome
      ? outcome.result.fired.flatMap((one) => (one.part === part.id ? [one.rule] : []))
      : [],
  )
  const all = [...each.bins.map(({ points }) => points), each.missing?.points ?? 0]
  const least = Math.min(...all)
  const share = (points: number): number =>
    ((points - least) / Math.max(1e-9, Math.max(...all) - least)) * 100
  const name = each.name || each.id
  return (
    <section className={styles['card']} aria-label={name}>
      <Group gap="sm" align="end" wrap="nowrap">
        <TextInput
          label={t('characteristic')}
          value={each.name}
          onChange={(event) => {
            const text = event.currentTarget.value
            set((now) => ({ ...now, name: text }), 'name')
          }}
          flex={1}
        />
        <Input.Wrapper label={t('measured')} className={styles['grow'] ?? ''}>
          <FieldSelect
            path={fieldPath(each.expression) ?? ''}
            fields={fields}
            onChange={(path) =>
              set((now) => ({ ...now, expression: path === '' ? null : { var: path } }))
            }
          />
        </Input.Wrapper>
        <ActionIcon
          aria-label={t('removeCharacteristic', { name })}
          onClick={() =>
            edit((now) => ({
              ...now,
              characteristics: now.characteristics.filter(({ id }) => id !== each.id),
            }))
          }
        >
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
      <div className={styles['bins']}>
        <div aria-hidden className={styles['binHead']}>
          <span>{t('bin')}</span>
          <span>{t('points')}</span>
          <span />
          <span>{t('reasonCode')}</span>
          <span>{t('reasonText')}</span>
          <span />
        </div>
        {each.bins.map((bin, index) => (
          <BinRow
            key={bin.id}
            bin={bin}
            hit={fired.has(`${each.id}.${bin.id}`)}
            share={share(bin.points)}
            label={`${name} ${index + 1}`}
            onChange={(next, gesture) =>
              set(
                (now) => ({
                  ...now,
                  bins: now.bins.map((one) => (one.id === bin.id ? next(one) : one)),
                }),
                gesture === undefined ? undefined : `${bin.id}:${gesture}`,
              )
            }
            onRemove={() =>
              set((now) => ({ ...now, bins: now.bins.filter(({ id }) => id !== bin.id) }))
            }
          />
        ))}
        {each.missing !== undefined && (
          <div className={styles['bin']} data-hit={fired.has(`${each.id}.missing`)}>
            <span className={styles['quiet']}>{t('missing')}</span>
            <NumberInput
              aria-label={t('withMissing')}
              value={each.missing.points}
              onChange={(next) =>
                set(
                  (now) => ({ ...now, missing: { ...now.missing, points: Number(next) || 0 } }),
                  'missing',
                )
              }
            />
            <Bar share={share(each.missing.points)} />
          </div>
        )}
      </div>
      <Group gap="md">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          onClick={() =>
            set((now) => ({
              ...now,
              bins: [
                ...now.bins,
                {
                  id: freshId(
                    'bin',
                    now.bins.map(({ id }) => id),
                  ),
                  when: null,
                  points: 0,
                },
              ],
            }))
          }
        >
          {t('addBin')}
        </Button>
        <Checkbox
          size="xs"
          label={t('withMissing')}
          checked={each.missing !== undefined}
          onChange={(event) => {
            const { checked } = event.currentTarget
            set(({ missing: _old, ...now }) => (checked ? { ...now, missing: { points: 0 } } : now))
          }}
        />
      </Group>
    </section>
  )
}

const Bar = ({ share }: { readonly share: number }) => (
  <span className={styles['bar']} aria-hidden>
    <span style={{ width: `${share}%` }} />
  </span>
)

interface BinProps {
  readonly bin: Bin
  readonly hit: boolean
  readonly share: number
  readonly label: string
  readonly onChange: (next: (bin: Bin) => Bin, gesture?: string) => void
  readonly onRemove: () => void
}

function BinRow({ bin, hit, share, label, onChange, onRemove }: BinProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const parsed = draft === null ? null : parseCell(draft)
  const setReason = (key: 'code' | 'text', text: string): void =>
    onChange(({ reason, ...rest }) => {
      const next = { code: '', text: '', ...reason, [key]: text }
      return next.code === '' && next.text === '' ? rest : { ...rest, reason: next }
    }, key)
  return (
    <div className={styles['bin']} data-hit={hit}>
      <TextInput
        aria-label={`${t('bin')}: ${label}`}
        value={draft ?? cellText(bin.when) ?? ''}
        error={parsed !== null && 'problem' in parsed ? parsed.problem : null}
        onChange={(event) => {
          const text = event.currentTarget.value
          setDraft(text)
          const next = parseCell(text)
          if ('logic' in next) onChange((now) => ({ ...now, when: next.logic }), 'when')
        }}
        onBlur={() => {
          if (parsed !== null && 'logic' in parsed) setDraft(null)
        }}
        className={styles['mono'] ?? ''}
      />
      <NumberInput
        aria-label={`${t('points')}: ${label}`}
        value={bin.points}
        onChange={(next) => onChange((now) => ({ ...now, points: Number(next) || 0 }), 'points')}
      />
      <Bar share={share} />
      <TextInput
        aria-label={`${t('reasonCode')}: ${label}`}
        value={bin.reason?.code ?? ''}
        onChange={(event) => setReason('code', event.currentTarget.value)}
      />
      <TextInput
        aria-label={`${t('reasonText')}: ${label}`}
        value={bin.reason?.text ?? ''}
        onChange={(event) => setReason('text', event.currentTarget.value)}
      />
      <ActionIcon aria-label={t('removeBin', { bin: label })} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </div>
  )
}
