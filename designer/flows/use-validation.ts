import { useEffect, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { decisionsApi } from '../api/documents.ts'
import type { EditorViewStore } from '../canvas/editor-view.ts'
import type { Editor } from '../document/editor.ts'

/** ms of rest after which the flow is checked */
const restBefore = 120

const parsed = (document: unknown): Decision[] => {
  const found = decisionSchema.safeParse(document)
  return found.success ? [found.data] : []
}

/** Every decision's draft: what a flow may name. */
const fetchDecisions = async (): Promise<Map<string, Decision>> => {
  const summaries = await decisionsApi.list()
  const views = await Promise.all(summaries.map(({ id }) => decisionsApi.get(id)))
  const decisions = views.flatMap(({ document }) => parsed(document))
  return new Map(decisions.map((decision) => [decision.id, decision]))
}

/** What the flow refers to; undefined until the decisions are there. */
export function useLookup(editor: Editor): Lookup | undefined {
  const { data } = useQuery({ queryKey: ['decisions', 'documents'], queryFn: fetchDecisions })
  return useMemo(
    () => data && { descriptor: editor.descriptor, decision: (id: string) => data.get(id) },
    [data, editor],
  )
}

/** Keeps the view's findings up with the document, in the browser, as one types. */
export function useValidation(
  editor: Editor,
  view: EditorViewStore,
  lookup: Lookup | undefined,
): void {
  useEffect(() => {
    if (lookup === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let checked: unknown
    let told = ''
    const check = (): void => {
      const { flow } = editor.store.get()
      if (flow === checked) return
      checked = flow
      const findings: Finding[] = validateFlow(flow, lookup)
      const text = JSON.stringify(findings)
      if (text !== told) view.show({ findings })
      told = text
    }
    check()
    const stop = editor.store.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(check, restBefore)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [editor, view, lookup])
}
