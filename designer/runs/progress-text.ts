import type { EventView, StepView } from '#core/api/views.ts'

/** `12 / 40 · page 12`: what there is of it. */
export function progressText({
  done,
  total,
  note,
}: NonNullable<StepView['progress']> | EventView['data']): string {
  const count = [done, total].filter((part) => typeof part === 'number').join(' / ')
  return [count, note].filter((part) => typeof part === 'string' && part !== '').join(' · ')
}
