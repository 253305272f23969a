import { niceStep } from './histogram.ts'

/** How the values of one characteristic lie, the furthest in the bars at the ends. */
export interface Distribution {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly counts: readonly number[]
  /** Of them those that went bad, as far as that is known. */
  readonly bads: readonly number[]
  /** All values are whole numbers. */
  readonly whole: boolean
}

const mostBars = 40

/** The values between which all but one in a hundred lie on either side, so that a few far ones hide nothing. */
function middle(sorted: readonly number[]): readonly [number, number] {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return [at(0.01), at(0.99)]
}

/** The values in bars of a round width over their middle and everything that is wanted; null where all are one. */
export function distribution(
  values: readonly number[],
  {
    isBad,
    wanted,
  }: { readonly isBad: (index: number) => boolean; readonly wanted: readonly number[] },
): Distribution | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = middle(sorted)
  const least = Math.min(low, ...wanted)
  const most = Math.max(high, ...wanted)
  if (values.length === 0 || !(least < most)) return null
  const whole = values.every(Number.isInteger)
  const nice = niceStep((most - least) / mostBars)
  const step = whole ? Math.max(1, nice) : nice
  const from = Math.floor(least / step) * step
  const bars = Math.floor((most - from) / step) + 1
  const counts = Array.from({ length: bars }, () => 0)
  const bads = Array.from({ length: bars }, () => 0)
  for (const [index, value] of values.entries()) {
    const bar = Math.max(0, Math.min(bars - 1, Math.floor((value - from) / step)))
    counts[bar] = (counts[bar] ?? 0) + 1
    if (isBad(index)) bads[bar] = (bads[bar] ?? 0) + 1
  }
  return { from, to: from + bars * step, step, counts, bads, whole }
}
