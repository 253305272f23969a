import { childOf, childrenOf, readRoot, textOf, type Element } from '#core/decision/dmn/model.ts'
import { inputName, inputSchema, plainType } from '#core/decision/dmn/types.ts'
import { schemaOfType } from '#core/decision/typing/infer.ts'
import { decisionSchema, type Decision, type DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { report } from '#core/decision/report.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isForbiddenKey, isObject, type Json, type JsonSchema } from '#core/json.ts'
import { boxedText } from '#core/decision/dmn/boxed.ts'
import { schemaAt } from '#core/graph/schema-paths.ts'
import { parseCell, parseFeel, type FeelOptions, type FeelResult } from '#core/logic/feel/parse.ts'
import { ownFunction, type FeelOwnFunction } from '#core/logic/feel/own-function.ts'
import { sentence } from '#core/messages/catalogue.ts'

export interface DmnImport {
  readonly decision: Decision
  /** What could not be taken over, with its place in the decision. */
  readonly findings: readonly Finding[]
  /** Each DMN decision's name, and the part that holds its value. */
  readonly parts: ReadonlyMap<string, string>
}

type Table = Extract<DecisionPart, { kind: 'table' }>

/** A name as a field: blanks and signs become `_`. One that would reach a prototype gets another before it. */
export function fieldName(name: string): string {
  const field = name.trim().replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
  return isForbiddenKey(field) ? `_${field}` : field
}

/**
 * A DMN model (1.1 to 1.5) as a decision document. Decision tables become tables, literal expressions expressions;
 * business knowledge models are written out where they are called. A table with one output without a name has that
 * output as its value, as DMN has it, in an expression of its own behind the table.
 * @throws TerminalError DMN_UNREADABLE, DMN_TOO_LARGE
 */
export function importDmn(xml: string): DmnImport {
  const definitions = readRoot(xml)
  const ids = new Ids()
  const names = new Map<string, string>()
  for (const item of childrenOf(definitions, 'inputData')) {
    const name = inputName(item)
    names.set(name, fieldName(name))
  }
  for (const name of componentNames(definitions)) names.set(`.${name}`, fieldName(name))
  for (const name of entryNames(definitions)) {
    names.set(name, fieldName(name))
    names.set(`.${name}`, fieldName(name))
  }
  const decisions = inOrder(
    childrenOf(definitions, 'decision'),
    'informationRequirement',
    'requiredDecision',
  )
  const parts = new Map<string, string>()
  for (const each of decisions) {
    const id = ids.take(nameOf(each))
    parts.set(nameOf(each), id)
    // Some tools name the result by the variable, or by the id.
    const { id: ownId } = each.attributes
    const aliases = [ownId, childOf(each, 'variable')?.attributes['name'], nameOf(each)]
    for (const alias of aliases) if (alias !== undefined) names.set(alias, id)
  }
  const findings: Finding[] = []
  const input = inputSchema(definitions, fieldName)
  const options = {
    names,
    elementFirst: true,
    isList: (path: string): boolean => schemaAt(input, path.split('.'))['type'] === 'array',
  }
  const functions = knowledge(definitions, options, findings)
  const made: DecisionPart[] = []
  for (const each of decisions) {
    const id = parts.get(nameOf(each)) as string
    const importer = new Importer(each, { ...options, functions }, findings, () => made.length)
    made.push(...importer.parts(id, ids))
  }
  const complete = withFieldsRead(input, made)
  const name = definitions.attributes['name'] ?? 'Imported decision'
  const decision = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: documentId(name),
    name,
    input: complete,
    parts: made,
  })
  return { decision, findings, parts }
}

/** Tables of some tools test fields of which there is no input data: they are of the column's type. */
function withFieldsRead(input: JsonSchema, parts: readonly DecisionPart[]): JsonSchema {
  const fields = new Map(Object.entries(input['properties'] as JsonSchema))
  const made = new Set(parts.map(({ id }) => id))
  for (const part of parts) {
    if (part.kind !== 'table') continue
    for (const { expression, type } of part.inputs) {
      const name = isObject(expression) ? expression['var'] : undefined
      if (typeof name !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) continue
      if (!made.has(name) && !fields.has(name)) fields.set(name, schemaOfType(type))
    }
  }
  return { ...input, properties: Object.fromEntries(fields) }
}

const nameOf = ({ attributes }: Element): string => attributes['name'] ?? attributes['id'] ?? ''

/** What people read; in what we write ourselves the name is the id. */
const titleOf = (element: Element): string => element.attributes['label'] ?? nameOf(element)

const documentId = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '') || 'imported'

/** Ids for parts, each once. */
class Ids {
  readonly #taken = new Set(['input', 'run', 'item', 'index', 'error', 'result'])

  take(name: string): string {
    const plain = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^[^a-z]+|_+$/g, '')
    const fits = /^[a-z][a-z0-9_]*$/.test(name)
    const base = fits ? name : plain === '' ? 'part' : plain
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}_${n}`
      if (this.#taken.has(id)) continue
      this.#taken.add(id)
      return id
    }
  }
}

/** What one requires stands before it; a cycle keeps the order of the file. */
function inOrder(elements: readonly Element[], requirement: string, what: string): Element[] {
  const byId = new Map(elements.map((each) => [each.attributes['id'] ?? '', each]))
  const placed = new Set<Element>()
  const order: Element[] = []
  const place = (each: Element): void => {
    if (placed.has(each)) return
    placed.add(each)
    for (const required of childrenOf(each, requirement)) {
      const href = childOf(required, what)?.attributes['href'] ?? ''
      const found = byId.get(href.slice(href.indexOf('#') + 1))
      if (found !== undefined) place(found)
    }
    order.push(each)
  }
  elements.forEach(place)
  return order
}

const componentNames = (definitions: Element): string[] => {
  const below = (parent: Element): string[] =>
    childrenOf(parent, 'itemComponent').flatMap((each) => [nameOf(each), ...below(each)])
  return childrenOf(definitions, 'itemDefinition').flatMap(below)
}

/** The names that contexts, relations and functions in boxes give to what they hold. */
const entryNames = (element: Element): string[] => [
  ...(element.name === 'contextEntry' ? childrenOf(element, 'variable').map(nameOf) : []),
  ...(element.name === 'relation' ? childrenOf(element, 'column').map(nameOf) : []),
  ...(element.name === 'functionDefinition'
    ? childrenOf(element, 'formalParameter').map(nameOf)
    : []),
  ...element.children.flatMap(entryNames),
]

/** The expression in an element, boxed or as text; undefined where there is none that has a text. */
function expressionIn(element: Element): string | undefined {
  for (const child of element.children) {
    const text = child.name === 'literalExpression' ? textOf(child) : boxedText(child, fieldName)
    if (text !== null) return text
  }
  return undefined
}

type Functions = Map<string, FeelOwnFunction>

/** Business knowledge models whose logic is an expression, each after those that it calls. */
function knowledge(definitions: Element, options: FeelOptions, findings: Finding[]): Functions {
  const functions: Functions = new Map()
  const models = childrenOf(definitions, 'businessKnowledgeModel')
  for (const model of inOrder(models, 'knowledgeRequirement', 'requiredKnowledge')) {
    const name = nameOf(model)
    const logic = childOf(model, 'encapsulatedLogic')
    const kind = logic?.attributes['kind'] ?? 'FEEL'
    const text = logic && kind === 'FEEL' ? expressionIn(logic) : undefined
    if (logic === undefined || text === undefined) {
      const params = {
        decision: name,
        id: model.attributes['id'] ?? '',
        kind: `function (${kind})`,
      }
      findings.push(report('DMN_UNSUPPORTED', '', { params }))
      continue
    }
    const parameters = childrenOf(logic, 'formalParameter').map(nameOf)
    const result = parseFeel(text, { ...options, functions })
    if ('logic' in result) {
      functions.set(name, ownFunction(parameters, result.logic, parameters.map(fieldName)))
      continue
    }
    const [{ code, params }] = result.problems
    const detail = sentence(code, params)
    findings.push(
      report('DMN_TEXT', '', { params: { decision: name, place: 'function', text, detail } }),
    )
  }
  return functions
}

const hitPolicies: Readonly<Record<string, Table['hitPolicy']>> = {
  UNIQUE: 'unique',
  FIRST: 'first',
  ANY: 'any',
  PRIORITY: 'priority',
  'RULE ORDER': 'rule order',
  'OUTPUT ORDER': 'output order',
  COLLECT: 'collect',
}
const singleHits: ReadonlySet<string> = new Set(['unique', 'first', 'any', 'priority'])
const aggregations: Readonly<Record<string, NonNullable<Table['aggregate']>>> = {
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  COUNT: 'count',
}
const types: Readonly<Record<string, Table['inputs'][number]['type']>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
}

/** Reads one decision of the model. */
class Importer {
  readonly #element: Element
  readonly #options: FeelOptions
  readonly #findings: Finding[]
  readonly #index: () => number

  constructor(element: Element, options: FeelOptions, findings: Finding[], index: () => number) {
    this.#element = element
    this.#options = options
    this.#findings = findings
    this.#index = index
  }

  parts(id: string, ids: Ids): DecisionPart[] {
    const name = nameOf(this.#element)
    const title = titleOf(this.#element)
    const table = childOf(this.#element, 'decisionTable')
    if (table !== undefined) return this.#table(table, id, ids)
    const text = expressionIn(this.#element)
    if (text !== undefined)
      return [{ kind: 'expression', id, name: title, value: this.#logic(text, 'expression') }]
    const ignored = new Set([
      'description',
      'extensionElements',
      'variable',
      'question',
      'allowedAnswers',
      'informationRequirement',
      'knowledgeRequirement',
      'authorityRequirement',
    ])
    const other = this.#element.children.find((child) => !ignored.has(child.name))
    const params = {
      decision: name,
      id: other?.attributes['id'] ?? this.#element.attributes['id'] ?? '',
      kind: other?.name ?? 'decision without logic',
    }
    this.#findings.push(report('DMN_UNSUPPORTED', `/parts/${this.#index()}`, { params }))
    return [{ kind: 'expression', id, name, value: null }]
  }

  #table(element: Element, id: string, ids: Ids): DecisionPart[] {
    const name = titleOf(this.#element)
    const outputs = childrenOf(element, 'output')
    // `metis:object` stands in what we have written ourselves.
    const single = outputs.length === 1 && element.attributes['object'] !== 'true'
    const idOf = (each: Element, fallback: string): string =>
      each.attributes['id']?.startsWith(`${id}-`)
        ? each.attributes['id'].slice(id.length + 1)
        : fallback
    const fallback = outputs.map((each) => textOf(childOf(each, 'defaultOutputEntry')))
    const hasDefault = fallback.some((text) => text !== '')
    const hitPolicy = hitPolicies[element.attributes['hitPolicy'] ?? 'UNIQUE'] ?? 'unique'
    const aggregate = aggregations[element.attributes['aggregation'] ?? '']
    const wrapped = single || hasDefault
    const part: Table = {
      kind: 'table',
      id: wrapped ? ids.take(`${id} table`) : id,
      name,
      hitPolicy,
      ...(aggregate === undefined ? {} : { aggregate }),
      inputs: childrenOf(element, 'input').map((input, index) => {
        const expression = childOf(input, 'inputExpression')
        const title = input.attributes['label'] ?? textOf(expression)
        return {
          id: idOf(input, `input_${index + 1}`),
          name: title,
          expression: this.#logic(textOf(expression), `column ${title}`),
          type: types[plainType(expression?.attributes['typeRef'])] ?? 'any',
        }
      }),
      outputs: outputs.map((output, index) => {
        const { label, name: field = label ?? name } = output.attributes
        const title = label ?? field
        const listed = textOf(childOf(output, 'outputValues'))
        return {
          id: idOf(output, `output_${index + 1}`),
          name: title,
          expression: single ? 'value' : field,
          type: types[plainType(output.attributes['typeRef'])] ?? 'any',
          ...(listed === '' ? {} : { values: this.#values(listed, title) }),
        }
      }),
      rows: childrenOf(element, 'rule').map((rule, index) => ({
        id: idOf(rule, `row_${index + 1}`),
        when: childrenOf(rule, 'inputEntry').map((entry) =>
          this.#cell(textOf(entry), `row ${index + 1}`),
        ),
        then: childrenOf(rule, 'outputEntry').map((entry) =>
          this.#logic(textOf(entry), `row ${index + 1}`),
        ),
        ...noteOf(rule),
      })),
    }
    if (!wrapped) return [part]
    const whole: Logic = { var: part.id }
    const value: Logic = single ? { field_of: [whole, 'value'] } : whole
    const otherwise = (): Logic => {
      const each = fallback.map((text) => (text === '' ? null : this.#logic(text, 'default')))
      const fields = outputs.flatMap((output, index): Logic[] => [
        output.attributes['name'] ?? output.attributes['label'] ?? name,
        each[index] ?? null,
      ])
      return single ? (each[0] ?? null) : { context: fields }
    }
    const given: Logic = !hasDefault
      ? value
      : singleHits.has(hitPolicy)
        ? { if_then: [{ is_missing: [whole] }, otherwise(), value] }
        : { if_then: [{ eq: [{ count_of: [whole] }, 0] }, [otherwise()], value] }
    return [part, { kind: 'expression', id, name, value: given }]
  }

  #values(text: string, title: string): Json[] {
    const list = this.#logic(`[${text}]`, `values of ${title}`)
    return Array.isArray(list) ? (list as Json[]) : []
  }

  #logic = (text: string, place: string): Logic =>
    text.trim() === '' ? null : this.#read(text, place, parseFeel(text, this.#options))
  #cell = (text: string, place: string): Logic =>
    this.#read(text, place, parseCell(text, this.#options))

  #read(text: string, place: string, result: FeelResult): Logic {
    if ('logic' in result) return result.logic
    const [{ code, params }] = result.problems
    const decision = nameOf(this.#element)
    const detail = sentence(code, params)
    this.#findings.push(
      report('DMN_TEXT', `/parts/${this.#index()}`, { params: { decision, place, text, detail } }),
    )
    return null
  }
}

const noteOf = (rule: Element): { note?: string } => {
  const text = childOf(rule, 'description')?.text ?? textOf(childOf(rule, 'annotationEntry'))
  return text === '' ? {} : { note: text }
}
