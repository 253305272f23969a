import type { BenchCase as Case } from '../measure.ts'
import { durable12 } from './durable-12.ts'
import { journalSize } from './journal-size.ts'
import { loopDelay } from './loop-delay.ts'
import { realtime } from './realtime.ts'
import type { Sizes } from './sizes.ts'
import { compiling, stepCost } from './step-cost.ts'
import { waiting } from './waiting.ts'

export type BenchCase = Case<Sizes>

/** What `npm run bench -- engine` measures, in this order. */
export const cases = {
  'durable-12': durable12,
  realtime,
  'step-cost': stepCost,
  compile: compiling,
  waiting,
  'journal-size': journalSize,
  'loop-delay': loopDelay,
} as const satisfies Record<string, BenchCase>
export type CaseName = keyof typeof cases
