/** One result: a case against one baseline measured in the same run, or against its budget. */
export interface Line {
  readonly case: string
  readonly value: number
  readonly unit: string
  /** What it is held against. */
  readonly baseline: string
  readonly baselineValue: number
  /** More is better: ours / baseline in throughput, baseline / ours for times and sizes. */
  readonly ratio: number
}

type Measured = Omit<Line, 'ratio'>

export const throughput = (measured: Measured): Line => ({
  ...measured,
  ratio: measured.value / measured.baselineValue,
})
/** Of a time or a size. */
export const cost = (measured: Measured): Line => ({
  ...measured,
  ratio: measured.baselineValue / measured.value,
})

/** @param part 0.95: what nineteen of twenty do not exceed */
export const quantile = (times: readonly number[], part: number): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * part)] ?? 0

const digits = (value: number): number => Number(value.toPrecision(4))

/** As it is printed: exactly these fields, four digits each. */
export const printed = (line: Line): string =>
  JSON.stringify({
    case: line.case,
    value: digits(line.value),
    unit: line.unit,
    baseline: line.baseline,
    baselineValue: digits(line.baselineValue),
    ratio: digits(line.ratio),
  })
