import { lazy, Suspense } from 'react'
import { Skeleton } from '@mantine/core'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonObject } from '#core/json.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { JsonInput } from '../../ui/JsonInput.tsx'
import { t } from './messages.ts'
import type { ScopeField } from './scope-field.ts'

const FeelInput = lazy(() =>
  import('../feel/FeelInput.tsx').then(({ FeelInput: component }) => ({ default: component })),
)

export interface LogicTextProps {
  readonly value: Logic
  readonly fields: readonly ScopeField[]
  readonly sample: JsonObject | null
  readonly onChange: (value: Logic) => void
}

/** Logic as FEEL text; what FEEL cannot say as the JSON that is stored. */
export function LogicText({ value, fields, sample, onChange }: LogicTextProps) {
  if (value !== null && printFeel(value) === null)
    return <JsonInput value={value} onChange={onChange} lines={6} />
  return (
    <Suspense fallback={<Skeleton height={66} />}>
      <FeelInput
        label={t('text')}
        value={value}
        fields={fields}
        sample={sample}
        onChange={onChange}
      />
    </Suspense>
  )
}
