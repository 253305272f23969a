import { describe } from '#core/logic/describe.ts'
import { ExpressionInput } from '../inspector/ExpressionInput.tsx'
import { changePart, type Part } from './edit.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import styles from './DecisionEditor.module.css'

export function ExpressionEditor({ part }: { readonly part: Part<'expression'> }) {
  const { change, fields, outcome } = useEditor()
  const value = 'result' in outcome ? outcome.result.values[part.id] : undefined
  return (
    <div className={styles['expression']}>
      {part.value !== null && (
        <p className={styles['sentence']}>
          {describe(part.value)}
          {value !== undefined && <b className="num"> = {JSON.stringify(value)}</b>}
        </p>
      )}
      <ExpressionInput
        label={t('expressionValue')}
        schema={{}}
        required
        value={part.value ?? undefined}
        fields={fields}
        onChange={(next) =>
          change(
            (all) => changePart(all, part, (now) => ({ ...now, value: next ?? null })),
            `expression:${part.id}`,
          )
        }
      />
    </div>
  )
}
