import { Tooltip } from '@mantine/core'
import styles from './ModelsPage.module.css'

export interface Figure {
  readonly name: string
  readonly value: string
  readonly help?: string
}

/** A row of figures, each with what it means behind it. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={styles['figures']}>
      {figures.map(({ name, value, help }) => (
        <Tooltip key={name} label={help} disabled={help === undefined} multiline maw={280}>
          <div tabIndex={help === undefined ? undefined : 0}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        </Tooltip>
      ))}
    </dl>
  )
}

export const percent = (part: number, digits = 1): string => `${(part * 100).toFixed(digits)} %`
export const decimal = (value: number, digits = 3): string => value.toFixed(digits)
