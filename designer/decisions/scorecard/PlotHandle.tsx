import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { t } from './messages.ts'
import styles from './Scorecard.module.css'

/** Without the dust of binary fractions. */
export const tidy = (value: number): string => String(Number(value.toPrecision(12)))

interface Range {
  readonly from: number
  readonly to: number
}

export interface PlotHandleProps {
  readonly name: string
  readonly value: number
  /** What the plot shows from its left to its right. */
  readonly range: Range
  /** Where the value may go. @default the range while one drags, anywhere by key */
  readonly limits?: Range
  readonly step: number
  readonly onChange: (value: number) => void
}

/** px by which a press may slip before it is a drag */
const slip = 3

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
}

/** A value on the axis of a plot, moved by drag and by key. */
export function PlotHandle({ name, value, range, limits, step, onChange }: PlotHandleProps) {
  const drag = useRef<(Range & { left: number; width: number; x: number }) | null>(null)
  const go = (wanted: number): void => {
    const { from, to } = limits ?? { from: -Infinity, to: Infinity }
    const rounded = Number((Math.round(wanted / step) * step).toFixed(9))
    const next = Math.min(to, Math.max(from, rounded))
    if (next !== value) onChange(next)
  }
  const down = (event: PointerEvent<HTMLElement>): void => {
    const plot = event.currentTarget.parentElement?.getBoundingClientRect()
    if (plot === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    // The scale stays while one drags, though the value itself may widen it.
    drag.current = { ...range, left: plot.left, width: plot.width, x: event.clientX }
  }
  const move = (event: PointerEvent): void => {
    const held = drag.current
    if (held === null || Math.abs(event.clientX - held.x) < slip) return
    const share = Math.min(1, Math.max(0, (event.clientX - held.left) / held.width))
    go(held.from + share * (held.to - held.from))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = keySteps[event.key]
    if (by === undefined) return
    event.preventDefault()
    go(value + by * step)
  }
  return (
    <span
      className={styles['cutoff']}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuenow={value}
      aria-valuemin={limits?.from ?? range.from}
      aria-valuemax={limits?.to ?? range.to}
      title={t('plotHandle', { name, value: tidy(value) })}
      style={{ left: `${((value - range.from) / (range.to - range.from)) * 100}%` }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={onKeyDown}
    >
      <span>{tidy(value)}</span>
    </span>
  )
}
