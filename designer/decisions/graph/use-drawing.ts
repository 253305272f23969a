import { useMemo, useRef, useState, type RefObject } from 'react'
import type { Position } from '../../document/command.ts'
import { useEditor } from '../editor-context.ts'
import { graphEdges, graphPlaces, type GraphEdge } from './decision-graph.ts'

/** What the canvas asks for in a menu or a dialog. */
export interface GraphQuestion {
  /** A part is to be added, after another one where a line was drawn into the void. */
  readonly add?: {
    readonly screen: Position
    readonly after: { readonly source: string; readonly port: string | null } | null
  }
  /** What one part is to read of another. */
  readonly connect?: { readonly source: string; readonly target: string | null }
  /** A line of which something must go with it. */
  readonly cut?: GraphEdge
  readonly shortcuts?: true
}

/** The drawn decision with what is chosen on it; none of it is part of the document but the places. */
export interface GraphDrawing {
  readonly graph: readonly GraphEdge[]
  readonly places: Readonly<Record<string, Position>>
  readonly chosen: ReadonlySet<string>
  readonly choose: (ids: ReadonlySet<string>) => void
  /** The chosen line. */
  readonly line: GraphEdge | null
  readonly chooseLine: (id: string | null) => void
  readonly question: GraphQuestion
  readonly ask: (question: GraphQuestion) => void
  readonly surface: RefObject<HTMLDivElement | null>
}

export function useDrawing(): GraphDrawing {
  const { decision } = useEditor()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [lineId, setLine] = useState<string | null>(null)
  const [question, ask] = useState<GraphQuestion>({})
  const surface = useRef<HTMLDivElement>(null)
  const graph = useMemo(() => graphEdges(decision), [decision])
  const places = useMemo(
    () => graphPlaces(decision, graph, decision.layout ?? {}),
    [decision, graph],
  )
  return {
    graph,
    places,
    chosen,
    choose: (ids) => {
      setChosen(ids)
      setLine(null)
    },
    line: graph.find(({ id }) => id === lineId) ?? null,
    chooseLine: setLine,
    question,
    ask,
    surface,
  }
}
