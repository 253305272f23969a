import type { Place } from '#core/decision/explain/places.ts'
import { logicOf } from '#core/decision/validate-references.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** Whether what is decided changes with the day: today's date is read, or a rule is in force for a time. */
export const hangsOnDay = (places: readonly Pick<Place, 'decision'>[]): boolean =>
  places.some(({ decision }) => decision.parts.some(partHangsOnDay))

const partHangsOnDay = (part: DecisionPart): boolean =>
  (part.kind === 'rules' &&
    part.rules.some(({ validFrom, validTo }) => (validFrom ?? validTo) !== undefined)) ||
  logicOf(part, '').some(
    ([logic]) => checkLogic(logic).length === 0 && readsClock(parseLogic(logic)),
  )

function readsClock(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.items.some(readsClock)
  if (tree.kind === 'path') return tree.fallback !== null && readsClock(tree.fallback)
  if (tree.kind === 'value') return false
  const isClock = isOperator(tree.operator) && operators[tree.operator].form.kind === 'clock'
  return isClock || tree.args.some(readsClock)
}
