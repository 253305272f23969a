import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { checkLogic } from '#core/logic/parse.ts'
import type { MessageCode, MessageParams } from '#core/messages/catalogue.ts'

interface Details {
  /** @default 'error' */
  readonly severity?: Finding['severity']
  readonly params?: MessageParams
  readonly fix?: Fix
}

/** A finding at a JSON pointer into the decision. */
export const report = (code: MessageCode, path: string, details: Details = {}): Finding => ({
  code,
  severity: details.severity ?? 'error',
  params: { ...details.params },
  place: { path },
  ...(details.fix ? { fix: details.fix } : {}),
})

/** What keeps a piece of logic from compiling, at its place in the document. */
export const reportLogic = (logic: Logic, path: string): Finding[] =>
  checkLogic(logic).map(({ code, params, place }) =>
    report(code, path + place, { params: { ...params, place: path + place } }),
  )

/** One finding for each id after its first use. */
export function reportTwice(ids: readonly string[], pathOf: (index: number) => string): Finding[] {
  return ids.flatMap((id, index) => {
    if (ids.indexOf(id) === index) return []
    const path = pathOf(index)
    const fresh = freshId(id, ids)
    const fix = {
      title: `Rename to “${fresh}”`,
      patch: [{ op: 'replace' as const, path, value: fresh }],
    }
    return [report('DECISION_ID_TWICE', path, { params: { id }, fix })]
  })
}

function freshId(id: string, taken: readonly string[]): string {
  for (let n = 2; ; n++) if (!taken.includes(`${id}_${n}`)) return `${id}_${n}`
}
