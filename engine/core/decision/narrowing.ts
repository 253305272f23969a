import type { Frame, Layout } from '#core/decision/layout.ts'
import type { Unit } from '#core/decision/program.ts'
import { rowIndex, type RowIndex } from '#core/decision/row-index.ts'
import { comparisonsOf, packComparisons } from '#core/logic/comparisons.ts'

/** Units that are not false, in order, by their places. */
interface Narrowed {
  readonly places: readonly number[]
  /** Of each what its test gives; undefined where it is still to be tested. */
  readonly verdicts: readonly (boolean | null | undefined)[]
}
export type Narrowing = (frame: Frame) => Narrowed

type Narrowable = Pick<Unit, 'condition' | 'inForce'>

/**
 * Passes over the rules or rows that are false by what they compare with written values, in one loop for all of them;
 * where they are many, an index is asked first. With `first` nothing is given after a unit that is met.
 * Null where no unit compares like that.
 */
export function narrowing(
  units: readonly Narrowable[],
  { layout, first }: { readonly layout: Layout; readonly first: boolean },
): Narrowing | null {
  const slotOf = (path: readonly string[]): number => layout.slotOf(path)
  const byUnit = units.map(({ condition, inForce }) => {
    const all = comparisonsOf(condition)
    const known = all.filter((each) => each !== null)
    return { known, exact: inForce === null && known.length === all.length }
  })
  const all = byUnit.flatMap(({ known }) => known)
  if (all.length === 0) return null
  const verdictOf = packComparisons(all, slotOf)
  const candidates = indexed(() =>
    rowIndex(
      byUnit.map(({ known }) => known),
      slotOf,
    ),
  )
  const exact = Uint8Array.from(byUnit, (unit) => (unit.exact ? 1 : 0))
  const ends = new Int32Array(units.length + 1)
  byUnit.forEach(({ known }, unit) => {
    ends[unit + 1] = (ends[unit] as number) + known.length
  })
  const every = Int32Array.from(units, (_, unit) => unit)
  return (frame) => {
    const asked = candidates()?.(frame) ?? every
    const places: number[] = []
    const verdicts: (boolean | null | undefined)[] = []
    for (let i = 0; i < asked.length; i += 1) {
      const unit = asked[i] as number
      const verdict = verdictOf(frame, ends[unit] as number, ends[unit + 1] as number)
      if (verdict === false) continue
      const known = exact[unit] === 1
      places.push(unit)
      verdicts.push(known ? verdict : undefined)
      if (first && known && verdict === true) break
    }
    return { places, verdicts }
  }
}

/** Made when it begins to pay: who only tries a draft does not wait for it. */
function indexed(make: () => RowIndex | null): () => RowIndex | null {
  let made: RowIndex | null = null
  let asked = 0
  return () => {
    asked += 1
    if (asked === worthIndexing) made = make()
    return made
  }
}
const worthIndexing = 100
