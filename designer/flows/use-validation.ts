import { useEffect, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { callConfig } from '#core/graph/control.ts'
import { flowSchema, type Flow } from '#core/graph/flow.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Lookup } from '#core/graph/lookup.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { ApiError } from '../api/http.ts'
import { decisionsApi, flowsApi } from '../api/documents.ts'
import type { EditorViewStore } from '../canvas/editor-view.ts'
import type { Editor } from '../document/editor.ts'
import { createFlowAnalysis } from './ask-flow-analysis.ts'
import { useObservable } from '../ui/use-observable.ts'

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

const calledBy = ({ nodes }: Flow, descriptor: Lookup['descriptor']): string[] =>
  nodes.flatMap(({ type, config }) => {
    const call = descriptor(type)?.kind === 'call' ? callConfig.safeParse(config) : undefined
    return call?.success ? [call.data.flow] : []
  })

/** The drafts of flows, and of those that they call in turn; one that does not exist is left out. */
async function fetchCalled(
  ids: readonly string[],
  descriptor: Lookup['descriptor'],
): Promise<Map<string, Flow>> {
  const flows = new Map<string, Flow>()
  const work = new Set(ids)
  for (const id of work) {
    const view = await flowsApi.get(id).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    })
    const found = flowSchema.safeParse(view?.document)
    if (!found.success) continue
    flows.set(id, found.data)
    for (const called of calledBy(found.data, descriptor)) work.add(called)
  }
  return flows
}

/** What a flow may refer to, and all of it at once. */
interface DraftLookup extends Lookup {
  decisions(): readonly Decision[]
  flows(): readonly Flow[]
}

/** What the flow refers to; undefined until the decisions are there, and silent of calls until the flows are. */
export function useLookup(editor: Editor): DraftLookup | undefined {
  const { descriptor } = editor
  const { data } = useQuery({ queryKey: ['decisions', 'documents'], queryFn: fetchDecisions })
  const called = useObservable(editor.store, ({ flow }) =>
    [...new Set(calledBy(flow, descriptor))].toSorted().join(' '),
  )
  const { data: flows } = useQuery({
    queryKey: ['called-flows', called],
    queryFn: () => fetchCalled(called.split(' ').filter(Boolean), descriptor),
  })
  return useMemo(
    () =>
      data && {
        descriptor,
        decision: (id: string) => data.get(id),
        ...(flows && { flow: (id: string) => flows.get(id) }),
        decisions: () => [...data.values()],
        flows: () => [...(flows?.values() ?? [])],
      },
    [data, flows, descriptor],
  )
}

/** Keeps the view's findings up with the document, in the browser, as one types. */
export function useValidation(
  editor: Editor,
  view: EditorViewStore,
  lookup: DraftLookup | undefined,
): void {
  useEffect(() => {
    if (lookup === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let checked: Flow | undefined
    let told = ''
    let own: readonly Finding[] = []
    /** What all conditions together tell comes later, from a worker; until then what was told last stands. */
    let across: readonly Finding[] = []
    const tell = (): void => {
      const findings = [...own, ...across]
      const text = JSON.stringify(findings)
      if (text !== told) view.show({ findings })
      told = text
    }
    const analysis = createFlowAnalysis(
      ({ nodes }) => ({
        descriptors: [...new Set(nodes.map(({ type }) => type))].flatMap(
          (type) => lookup.descriptor(type) ?? [],
        ),
        decisions: lookup.decisions(),
        flows: lookup.flows(),
      }),
      (flow, findings) => {
        // Places count in the flow that was asked about.
        across = flow === checked ? findings : []
        tell()
      },
    )
    const check = (): void => {
      const { flow } = editor.store.get()
      if (flow === checked) return
      const sameMeaning =
        checked !== undefined && flow.nodes === checked.nodes && flow.edges === checked.edges
      if (!sameMeaning) across = []
      checked = flow
      own = validateFlow(flow, lookup)
      tell()
      analysis.ask(flow)
    }
    check()
    const stop = editor.store.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(check, restBefore)
    })
    return () => {
      clearTimeout(timer)
      stop()
      analysis.stop()
    }
  }, [editor, view, lookup])
}
