import { parseArgs } from 'node:util'
import type { StepExplanation } from '#core/api/explanation.ts'
import type { RunView, StepView } from '#core/api/views.ts'
import { saidComparison } from '#core/decision/explain/say.ts'
import type { Flow } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { apiClient } from '#engine/cli/ops/api-client.ts'

const help = `metis explain <run> [--at STEP] [--to OUTCOME] [--mutable PATH,…] [--json]

Says why a decision of a run came out so, on a running server: what led to the outcome, what was nearly met, and the
smallest change of the input that would bring another outcome. It is computed anew from what the step was given, by the
decision that the run keeps.

  --at STEP           a node, or node:epoch; the decision that came last if not given
  --to OUTCOME        approve, approve_with_conditions, refer or decline; any milder one if not given
  --mutable PATH,…    the only inputs that may change
  --url URL           http://127.0.0.1:4400, or METIS_URL
  --data DIR          whose token is sent; METIS_TOKEN goes before it
  --json              the answer as the API gives it, with every rule

Exit code: 0 done, 2 wrong call or refused.`

const shown = (value: Json): string => JSON.stringify(value)

type Kept = { readonly flow: Pick<Flow, 'nodes'>; readonly decisions: object }

/** Whether the step's node names a decision that the run keeps, and came to a result. */
const isDecided =
  ({ flow, decisions }: Kept) =>
  ({ node, output }: StepView): boolean =>
    isObject(output) &&
    Object.values(flow.nodes.find(({ id }) => id === node)?.config ?? {}).some(
      (value) => typeof value === 'string' && Object.hasOwn(decisions, value),
    )

function stepOf({ id, steps }: RunView, kept: Kept, at: string | undefined): string {
  const found =
    at === undefined
      ? steps.findLast(isDecided(kept))
      : steps.findLast(({ step, node }) => step === at || node === at)
  if (!found)
    throw new UsageError(
      at === undefined ? `run ${id} has decided nothing yet` : `run ${id} has no step ${at}`,
    )
  return found.step
}

function linesOf(step: string, { decision, agrees, why, other }: StepExplanation): string[] {
  const { outcome } = why.result
  const named = new Map(why.parts.map(({ part, name }) => [part, name]))
  const misses = why.nearest.slice(0, 5).map(({ part, name, miss }) => {
    const said = (miss?.comparisons ?? []).map((comparison) => {
      const { given, needs } = saidComparison(comparison, shown)
      return `${given}, ${comparison.wanted ? 'needs' : 'must not be'} ${needs}`
    })
    return `  ${named.get(part) ?? part} › ${name}: ${said.join('; ')}`
  })
  const changes = other.found
    ? [
        ...other.changes.map(
          ({ path, from, to }) => `  ${path}: ${shown(to)} instead of ${shown(from)}`,
        ),
        `  then: ${other.result.outcome ?? 'no outcome'}${other.smallest ? '' : ' (a smaller change may exist)'}`,
      ]
    : [
        other.complete
          ? `  no change of up to ${other.most} inputs to a value beside a threshold`
          : `  no change of up to ${other.most} inputs was found; not all were tried`,
      ]
  return [
    `${step}  ${decision.name}: ${outcome ?? 'no outcome'}`,
    ...(agrees ? [] : ['  what the step gave differs: it does more than to ask its decision']),
    'led to it',
    ...why.chain.map(({ part, name, values }) => {
      const read = values.map(({ path, value }) => `${path} = ${shown(value)}`).join(', ')
      return `  ${named.get(part) ?? part} › ${name}${read === '' ? '' : `: ${read}`}`
    }),
    ...(misses.length > 0 ? ['nearly met', ...misses] : []),
    'would change it',
    ...changes,
  ]
}

export const explain: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        at: { type: 'string' },
        to: { type: 'string' },
        mutable: { type: 'string' },
        url: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [run, ...rest] = positionals
    if (run === undefined || rest.length > 0) throw new UsageError('name one run')
    const api = apiClient({ url: values.url, data: values.data }, terminal)
    const path = `/runs/${encodeURIComponent(run)}`
    const step = stepOf(
      await api<RunView>('GET', path),
      await api<Kept>('GET', `${path}/flow`),
      values.at,
    )
    const query = new URLSearchParams({
      ...(values.to === undefined ? {} : { to: values.to }),
      ...(values.mutable === undefined ? {} : { mutable: values.mutable }),
    })
    const told = await api<StepExplanation>(
      'GET',
      `${path}/steps/${encodeURIComponent(step)}/explanation?${query.toString()}`,
    )
    if (values.json) terminal.out(JSON.stringify(told))
    else for (const line of linesOf(step, told)) terminal.out(line)
    return exitCode.done
  },
}
