import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { logicFields, type LogicField } from '#core/graph/logic-fields.ts'
import { pointer } from '#core/graph/pointer.ts'
import { hasPath } from '#core/graph/schema-paths.ts'
import { givenSchema, ownValue, variableIn } from '#core/graph/scope.ts'
import type { JsonSchema } from '#core/json.ts'
import { checkLogic, isOperation } from '#core/logic/parse.ts'
import { certainReferences, references } from '#core/logic/references.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** Required inputs are there, and every expression compiles and reads what is in scope. */
export function checkInputs(analysis: Analysis): Finding[] {
  const { flow, descriptor } = analysis
  return flow.nodes.flatMap((node, index) => {
    const described = descriptor(node)
    if (!described || node.disabled) return []
    const logics = [
      ...Object.entries(node.inputs).map(([name, logic]) => ({
        path: pointer('nodes', index, 'inputs', name),
        logic,
        own: false,
      })),
      ...logicFields(described.config, node.config).map(({ path, ...field }) => ({
        path: pointer('nodes', index, 'config') + path,
        ...field,
      })),
    ]
    return [
      ...checkNames(node, index, described),
      ...logics.flatMap((field) => checkExpression(analysis, node, field)),
    ]
  })
}

/** What an expression outside reads of what runs apart. */
const outputOf = ({ topology }: Analysis, id: string): string =>
  topology.kind(id) === 'each' ? `${id}.results` : id

function checkNames(node: FlowNode, index: number, described: NodeDescriptor): Finding[] {
  const path = pointer('nodes', index, 'inputs')
  const missing = Object.entries(described.inputs).flatMap(([name, input]): Finding[] =>
    input.required && node.inputs[name] === undefined
      ? [
          {
            code: 'INPUT_MISSING',
            severity: 'error',
            params: { node: node.id, input: name },
            place: { path: `${path}${pointer(name)}`, node: node.id },
          },
        ]
      : [],
  )
  if (described.openInputs) return missing
  const unknown = Object.keys(node.inputs)
    .filter((name) => !Object.hasOwn(described.inputs, name))
    .map((name): Finding => {
      const at = `${path}${pointer(name)}`
      return {
        code: 'INPUT_UNKNOWN',
        severity: 'warning',
        params: { node: node.id, input: name },
        place: { path: at, node: node.id },
        fix: { title: 'Remove the input', patch: [{ op: 'remove', path: at }] },
      }
    })
  return [...missing, ...unknown]
}

function checkExpression(
  analysis: Analysis,
  node: FlowNode,
  { path, logic, own }: LogicField,
): Finding[] {
  const problems = checkLogic(logic)
  if (problems.length > 0)
    return problems.map((problem) => ({
      code: problem.code,
      severity: 'error',
      params: { ...problem.params, place: problem.place || '/' },
      place: { path: path + problem.place, node: node.id },
    }))
  if (!isOperation(logic) && !Array.isArray(logic)) return []
  const certain = new Set(certainReferences(logic).map((each) => each.join('.')))
  return references(logic).flatMap((reference) => {
    const found =
      own && reference[0] === node.id
        ? checkField(ownValue(analysis, node).schema, node, path, reference)
        : checkReference(analysis, node, path, reference)
    // A bare name in a filter may be a field of the element.
    return certain.has(reference.join('.')) ? found : found.filter(({ code }) => !unknown.has(code))
  })
}

function checkField(
  schema: JsonSchema,
  node: FlowNode,
  path: string,
  reference: readonly string[],
): Finding[] {
  const [source = '', ...rest] = reference
  if (hasPath(schema, rest)) return []
  const params = { path: reference.join('.'), source, node: node.id }
  return [{ code: 'FIELD_UNKNOWN', severity: 'warning', params, place: { path, node: node.id } }]
}

const unknown: ReadonlySet<string> = new Set(['NAME_UNKNOWN', 'FIELD_UNKNOWN', 'ITEM_OUTSIDE'])

function checkReference(
  analysis: Analysis,
  node: FlowNode,
  path: string,
  reference: readonly string[],
): Finding[] {
  const [root = ''] = reference
  const place = { path, node: node.id }
  const params = { path: reference.join('.'), source: root, node: node.id }
  const unknownField = (schema: JsonSchema): Finding[] => checkField(schema, node, path, reference)
  const given = givenSchema(analysis, node.id, root)
  if (given) return unknownField(given)
  if (root === 'item' || root === 'index')
    return [{ code: 'ITEM_OUTSIDE', severity: 'error', params, place }]
  const source = analysis.topology.nodes.get(root)
  if (!source) return [{ code: 'NAME_UNKNOWN', severity: 'error', params, place }]
  // Nothing can be said of what no path reaches.
  if (!analysis.regions.of.has(node.id)) return []
  const { bodies } = analysis
  const each = bodies.ownerOf(root)
  if (each !== null && !bodies.around(node.id).some((id) => bodies.ownerOf(id) === each))
    return [
      {
        code: 'READ_FROM_OUTSIDE',
        severity: 'error',
        params: { ...params, each, instead: outputOf(analysis, each) },
        place,
      },
    ]
  const variable = variableIn(analysis, node.id, source)
  if (!variable) return [{ code: 'NAME_OUT_OF_SCOPE', severity: 'error', params, place }]
  if (!variable.certain) return [{ code: 'MAY_BE_MISSING', severity: 'warning', params, place }]
  return unknownField(variable.schema)
}
