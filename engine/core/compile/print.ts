import type { MachineDefinition } from '#core/compile/definition.ts'
import { compiled, type CompiledNode } from '#core/compile/program.ts'
import { eachConfig } from '#core/graph/control.ts'
import type { Absent } from '#core/step/standalone.ts'
import { sourcesOf } from '#core/step/instantiate.ts'
import type { Program } from '#core/step/types.ts'

/** The machine as XState configuration: plain data, functions named by `type` and `params`. */
export const printMachine = (program: Program): MachineDefinition => compiled(program).definition

/** Where the source of a node type is, as an import specifier and the name exported there. */
export interface NodeSource {
  readonly module: string
  readonly name: string
}

/** The node types of the repository: `data.map` is `dataMap` in `#nodes/data/map/node.ts`. */
export function builtInSource(type: string): NodeSource | undefined {
  const words = type.split(/[.-]/)
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(type)) return undefined
  const name = words.map((word, index) => (index === 0 ? word : capital(word))).join('')
  return { module: `#nodes/${type.split('.').join('/')}/node.ts`, name }
}
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/**
 * A TypeScript module that exports the flow's `machine` as ordinary XState. It imports the compiler, logic and the
 * pure node types that the flow uses by the repository's aliases; bundled, with `xstate` left out, it runs on `xstate`
 * alone. Effects are not in it: they are actors that the caller provides, and the module's head names them.
 */
export function printModule(
  program: Program,
  sourceOf: (type: string) => NodeSource | undefined = builtInSource,
): string {
  const { slots: own, bodies, release } = compiled(program)
  const slots = [...own, ...[...bodies.values()].flatMap((body) => body.slots)]
  const types = new Map(slots.map((node) => [node.type, node]))
  const carried: [string, NodeSource][] = []
  const absent: Absent[] = []
  for (const { type, version, declared } of types.values()) {
    const source = declared === 'effect' ? undefined : sourceOf(type)
    if (source) carried.push([type, source])
    else {
      const undoing = slots.filter((node) => node.type === type && node.undoes)
      const ports = [...new Set(undoing.flatMap(({ routes }) => [...routes]))]
      absent.push({ type, version, kind: declared === 'effect' ? 'effect' : 'pure', ports })
    }
  }
  const machines = [compiled(program), ...bodies.values()]
  const actors = [...new Set(machines.flatMap(sourcesOf))]
  const missing = absent.filter(({ kind }) => kind === 'pure').map(({ type }) => type)
  return [
    head(release.flow.name, actors, missing),
    `import { standalone } from '#core/step/standalone.ts'`,
    ...carried.map(([, { module, name }]) => `import { ${name} } from ${JSON.stringify(module)}`),
    '',
    `export const release = ${JSON.stringify(release, null, 2)} as const`,
    '',
    `const nodes = [${carried.map(([, { name }]) => name).join(', ')}]`,
    `const absent = ${JSON.stringify(absent)} as const`,
    '',
    `export const machine = standalone(release as never, { nodes, absent })`,
    ...(bodies.size === 0
      ? []
      : [
          '',
          '/** By the list or the lock: the machine that runs inside, once for each item. */',
          'export const bodies = {',
          ...[...bodies.keys()].map(
            (each) =>
              `  ${each}: standalone(release as never, { nodes, absent, body: ${JSON.stringify(each)} }),`,
          ),
          '}',
        ]),
    ...(slots.some(endsEarly)
      ? ['', "export { isEnough, watchOf } from '#core/step/enough.ts'"]
      : []),
    '',
  ].join('\n')
}

const endsEarly = ({ kind, config }: CompiledNode): boolean =>
  kind === 'each' && eachConfig.safeParse(config).data?.enough !== undefined

const head = (flow: string, actors: readonly string[], missing: readonly string[]): string =>
  `/**
 * ${flow.replaceAll('*/', '* /')}, as an XState machine.
 *
 *   const actor = createActor(machine.provide({ actors }), { input: { run, input, at: Date.now() } })
 *
 * \`run\` is { id, flow, version, caseKey, startedAt }. Provide these actors:
 *${actors.map((name) => `\n *   ${name}`).join('')}
 *
 * Each is given { id, node, epoch, kind, … } — an activity with \`type\` and \`input\`, a timer with \`dueAt\` and
 * perhaps the \`port\` that it completes by, a message with \`name\` and \`key\`, a task with
 * \`input\`, a call with \`flow\` and \`input\`, an each with \`items\` and \`outer\`, a lock with \`name\`, \`key\` and \`outer\`, an incident with \`error\` —
 * and completes with { port, value, at }, \`at\` in ms since the epoch.
 * An each completes by \`out\` with { results, failed } once a machine of \`bodies\` has run for every item, with the
 * input { item, index, outer }; with \`enough\` as soon as \`isEnough\` of the module says so, which asks the
 * condition that \`watchOf\` keeps up with each result, and with \`adds\` a message of that name and key adds an item. A lock completes by \`out\` with the output of its machine of \`bodies\`, which
 * is begun with { outer } once no other one of the same name and key is under way. \`stopping\` completes when nothing is active any more that the call, each or lock \`target\`
 * had begun.
 * A failure completes by the port \`error\` with { error: { code, message } }; an incident by a port of its node or by
 * \`retry\`.${
   missing.length === 0
     ? ''
     : `
 *
 * These pure node types are not part of the module, and fail where the flow reaches them: ${missing.join(', ')}.`
 }
 */`
