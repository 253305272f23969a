import { measureCases } from '../measure.ts'
import { cases } from './cases.ts'
import { sizes } from './sizes.ts'

await measureCases(cases, sizes)
