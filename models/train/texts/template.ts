import type { Random } from '../random.ts'
import { slots } from './slots.ts'

/** A line, one of some lines (an empty one leaves it out), or lines that repeat. `{slot}` is filled. */
type TemplateLine =
  | string
  | readonly string[]
  | { readonly times: readonly [number, number]; readonly of: readonly string[] }
export type Template = readonly TemplateLine[]

const fillLine = (line: string, random: Random): string =>
  line.replace(/\{(\w+)\}/g, (whole, slot: string) => slots[slot]?.(random) ?? whole)

/** The lines of one document. */
export function fillTemplate(template: Template, random: Random): string[] {
  const lines = template.flatMap((line): string[] => {
    if (typeof line === 'string') return [line]
    if (!('of' in line)) return [random.pick(line)]
    const [least, most] = line.times
    return Array.from({ length: random.int(least, most) }, () => random.pick(line.of))
  })
  return lines.filter((line) => line !== '').map((line) => fillLine(line, random))
}
