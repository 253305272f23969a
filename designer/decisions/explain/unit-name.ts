import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { cellText } from '../table/cell-text.ts'
import { t } from './messages.ts'

/** The names by which a person knows a part and its rule or row. */
export function unitName(
  decision: Decision,
  part: string,
  rule: string | null,
): { readonly part: string; readonly rule: string | null } {
  const found = decision.parts.find(({ id }) => id === part)
  return {
    part: found?.name ?? part,
    rule: rule === null || found === undefined ? rule : inner(found, rule),
  }
}

function inner(part: DecisionPart, id: string): string {
  if (part.kind === 'rules') return part.rules.find((rule) => rule.id === id)?.name ?? id
  if (part.kind === 'scorecard') return binName(part, id) ?? id
  if (part.kind !== 'table') return id
  const row = part.rows.findIndex((each) => each.id === id)
  return row < 0 ? id : t('rowNumber', { row: row + 1 })
}

type Scorecard = Extract<DecisionPart, { kind: 'scorecard' }>

/** A bin by its id, as `characteristic.bin`. */
function binName({ characteristics }: Scorecard, id: string): string | undefined {
  for (const each of characteristics)
    for (const [index, bin] of each.bins.entries())
      if (`${each.id}.${bin.id}` === id) return binWords(each, index)
  return undefined
}

/** A characteristic with one of its bins as it is written: `Age [25..40)`. */
function binWords(each: Scorecard['characteristics'][number] | undefined, index: number): string {
  const bin = each?.bins[index]
  const text = bin === undefined || bin.when === null ? t('otherBin') : cellText(bin.when)
  return `${each?.name || each?.id || ''} ${text ?? index + 1}`
}

/** The part, and the rule or row in it, that a JSON pointer leads to. */
export function pointerName(decision: Decision, pointer: string): string {
  const [, index, list, entry, bin] =
    /^\/parts\/(\d+)(?:\/([a-z]+)\/(\d+)(?:\/bins\/(\d+))?)?/.exec(pointer) ?? []
  const part = decision.parts[Number(index)]
  if (part === undefined) return pointer
  const at = Number(entry)
  if (part.kind === 'rules' && list === 'rules')
    return `${part.name} › ${part.rules[at]?.name ?? ''}`
  if (list === 'rows') return `${part.name} › ${t('rowNumber', { row: at + 1 })}`
  if (part.kind === 'scorecard' && list === 'characteristics')
    return `${part.name} › ${bin === undefined ? (part.characteristics[at]?.name ?? '') : binWords(part.characteristics[at], Number(bin))}`
  if (part.kind === 'switch' && list === 'cases')
    return `${part.name} › ${part.cases[at]?.name ?? ''}`
  return part.name
}
