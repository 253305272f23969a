import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Decision } from '#core/graph/decision.ts'
import { queries } from '../api/queries.ts'
import type { OtherDecisions } from './other-decisions.ts'

const none: OtherDecisions = {}

const askedBy = ({ parts }: Decision): string[] =>
  parts.flatMap((part) => (part.kind === 'decision' && part.decision !== '' ? [part.decision] : []))

/** The newest version of each, as publishing would take it, or its draft where none was published yet. */
async function gather(client: QueryClient, ids: readonly string[]): Promise<OtherDecisions> {
  const found: Record<string, Decision> = {}
  const waiting = [...ids]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (Object.hasOwn(found, id)) continue
    const view = await client.fetchQuery(queries.decision(id)).catch(() => null)
    if (view === null) continue
    const newest = view.versions.reduce((most, { version }) => Math.max(most, version), 0)
    const { document } = newest === 0 ? view : await client.fetchQuery(queries.decision(id, newest))
    // The server validated the document against the schema when it was saved.
    found[id] = document as Decision
    waiting.push(...askedBy(document as Decision))
  }
  return found
}

/** One that is not there is left out: evaluating then says which. */
export function useOtherDecisions(decision: Decision): OtherDecisions {
  const client = useQueryClient()
  const ids = [...new Set(askedBy(decision))].toSorted()
  const { data } = useQuery({
    queryKey: ['decisions', 'asked', ...ids],
    queryFn: () => gather(client, ids),
    enabled: ids.length > 0,
    // A large document is not compared with what was there before.
    structuralSharing: false,
    placeholderData: (before) => before,
    staleTime: 10_000,
  })
  return data ?? none
}
