import { calledFlows } from '#core/graph/called-flows.ts'
import type { Flow } from '#core/graph/flow.ts'
import { parseFlow } from '#core/graph/parse.ts'
import type { Command } from '#core/ports.ts'
import { UsageError } from '#engine/cli/command.ts'
import type { FlowFolder } from '#engine/cli/flow-folder.ts'
import type { Engine } from '#engine/run/engine.ts'

/**
 * Saves and publishes a flow with the calendars and decisions beside it and the flows that it calls, those called first; gives the
 * flow's id. @throws UsageError where a called flow is neither beside it nor published
 */
export function publishFolder(engine: Engine, folder: FlowFolder, by: Command): string {
  for (const calendar of folder.calendars) engine.calendars.put({ ...by, calendar })
  for (const document of folder.decisions) {
    const { id } = engine.decisions.save({ ...by, document })
    engine.decisions.publish({ ...by, id })
  }
  const { id: main } = engine.flows.save({ ...by, document: folder.flow })
  const types = new Map(engine.nodeTypes().map((type) => [type.type, type]))
  const beside = new Map(
    [...folder.flows, folder.flow]
      .map(parseFlow)
      .flatMap((each) => (each.ok ? [[each.document.id, each.document] as const] : [])),
  )
  const published = new Set(
    engine.flows.list(by.tenant).flatMap(({ id, version }) => (version === null ? [] : [id])),
  )
  const ordered: Flow[] = []
  const seen = new Set<string>()
  const visit = (flow: Flow): void => {
    seen.add(flow.id)
    for (const called of calledFlows(flow, { descriptor: (type) => types.get(type) })) {
      if (seen.has(called)) continue
      const found = beside.get(called)
      if (found) visit(found)
      else if (!published.has(called))
        throw new UsageError(
          `the flow "${flow.id}" calls the flow "${called}", which no file in ${folder.documents} or its folder flows/ holds. Put its file there, or choose another flow.`,
        )
    }
    ordered.push(flow)
  }
  const flow = beside.get(main)
  if (flow) visit(flow)
  for (const document of ordered) engine.flows.save({ ...by, document })
  for (const { id } of ordered) engine.flows.publish({ ...by, id })
  return main
}
