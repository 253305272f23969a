import { durable12 } from './durable-12.ts'
import type { Line } from './line.ts'
import type { Sizes } from './sizes.ts'

export type Progress = (text: string) => void
export type BenchCase = (sizes: Sizes, progress: Progress) => AsyncIterable<Line>

/** What `npm run bench -- engine` measures, in this order. */
export const cases = {
  'durable-12': durable12,
} as const satisfies Record<string, BenchCase>
export type CaseName = keyof typeof cases
