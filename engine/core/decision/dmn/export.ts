import { diagram, diagramNamespaces } from '#core/decision/dmn/diagram.ts'
import { element, escapeXml, textElement } from '#core/decision/dmn/xml.ts'
import { report } from '#core/decision/report.ts'
import { fieldOf, type TablePart } from '#core/decision/table.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isObject, type Json } from '#core/json.ts'
import { printCell } from '#core/logic/feel/print-cell.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { references } from '#core/logic/references.ts'

export interface DmnExport {
  readonly xml: string
  /** What could not be written. */
  readonly findings: readonly Finding[]
}

/**
 * Tables and expressions as a DMN model, in the version that most tools open, with a diagram and an id for each element.
 * `metis:object` on a table with one output says that its value is an object all the same, as here; other tools give
 * the bare value.
 */
export function exportDmn(decision: Decision): DmnExport {
  const findings: Finding[] = []
  const inputs = Object.entries(propertiesOf(decision.input))
  const isInput = new Map<string, boolean>([
    ...inputs.map(([name]): [string, boolean] => [name, true]),
    ...decision.parts.map(({ id }): [string, boolean] => [id, false]),
  ])
  const written = decision.parts.flatMap((part, index) => {
    const writer = new PartWriter(part, `/parts/${index}`, findings)
    const logic = writer.logic()
    return logic === null ? [] : [{ part, logic, roots: writer.roots }]
  })
  const drawn = written.map(({ part: { id }, roots }) => ({
    id,
    requires: [...roots].flatMap((root) => {
      const input = isInput.get(root)
      if (input === undefined || root === id) return []
      return [{ id: input ? inputId(root) : root, by: `${id}-needs-${root}`, input }]
    }),
  }))
  const content = [
    ...inputs.flatMap(([name, schema]) => itemDefinition(typeName(name), schema)),
    ...written.map(({ part: { id, name }, logic }, index) =>
      element('decision', { id, name: id, label: name }, [
        element('variable', { id: `${id}-variable`, name: id }),
        ...(drawn[index]?.requires ?? []).map((each) =>
          element('informationRequirement', { id: each.by }, [
            element(each.input ? 'requiredInput' : 'requiredDecision', { href: `#${each.id}` }),
          ]),
        ),
        logic,
      ]),
    ),
    ...inputs.map(([name, schema]) =>
      element('inputData', { id: inputId(name), name }, [
        element('variable', {
          id: `${inputId(name)}-variable`,
          name,
          typeRef: typeRef(typeName(name), schema),
        }),
      ]),
    ),
    diagram([...drawn, ...inputs.map(([name]) => ({ id: inputId(name), requires: [] }))]),
  ]
  const attributes = {
    xmlns: 'https://www.omg.org/spec/DMN/20191111/MODEL/',
    ...diagramNamespaces,
    'xmlns:metis': metis,
    id: `model-${decision.id}`,
    name: decision.name,
    namespace: `${metis}/${decision.id}`,
  }
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  return { xml: `${declaration}${element('definitions', attributes, content)}\n`, findings }
}

/** Ids begin with a letter and hold no blank; input names may be any text. */
const inputId = (name: string): string =>
  `input-${name.replaceAll(/[^\w.-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16) ?? ''}_`)}`

const metis = 'urn:metis:decision'

class PartWriter {
  /** The names that the part reads. */
  readonly roots = new Set<string>()
  readonly #part: DecisionPart
  readonly #place: string
  readonly #findings: Finding[]

  constructor(part: DecisionPart, place: string, findings: Finding[]) {
    this.#part = part
    this.#place = place
    this.#findings = findings
  }

  logic(): string | null {
    const part = this.#part
    if (part.kind === 'table') return this.#table(part)
    const text = part.kind === 'expression' ? this.#text(part.value, printFeel) : null
    if (text !== null) return textElement('literalExpression', { id: `${part.id}-text` }, text)
    this.#warn('EXPORT_PART', this.#place, { part: part.name })
    return null
  }

  #warn(code: 'EXPORT_PART' | 'EXPORT_WITHOUT_TEXT', place: string, params: Finding['params']) {
    this.#findings.push(report(code, place, { severity: 'warning', params }))
  }

  #text(logic: Json, print: (logic: Json) => string | null): string | null {
    for (const [root] of references(logic)) if (root !== undefined) this.roots.add(root)
    return print(logic)
  }

  #table(part: TablePart): string {
    const { inputs, outputs, rows } = part
    const text = (logic: Json, print: typeof printCell, row: number, column: string): string => {
      const written = this.#text(logic, print)
      const params = { table: part.name, row: row + 1, column }
      if (written === null) this.#warn('EXPORT_WITHOUT_TEXT', `${this.#place}/rows/${row}`, params)
      return written ?? ''
    }
    const id = (of: { readonly id: string }): string => `${part.id}-${of.id}`
    const attributes = {
      id: `${part.id}-table`,
      hitPolicy: part.hitPolicy.toUpperCase(),
      aggregation: part.aggregate?.toUpperCase(),
      'metis:object': outputs.length === 1 ? 'true' : undefined,
    }
    return element('decisionTable', attributes, [
      ...inputs.map((column) =>
        element('input', { id: id(column), label: column.name }, [
          textElement(
            'inputExpression',
            { id: `${id(column)}-expression`, typeRef: typeOf(column) },
            text(column.expression, printFeel, -1, column.name),
          ),
        ]),
      ),
      ...outputs.map((column) =>
        element(
          'output',
          {
            id: id(column),
            name: fieldOf(column),
            label: column.name,
            typeRef: typeOf(column),
          },
          column.values === undefined
            ? []
            : [
                textElement(
                  'outputValues',
                  { id: `${id(column)}-values` },
                  column.values.map((each) => printFeel(each)).join(', '),
                ),
              ],
        ),
      ),
      ...rows.map((row, index) =>
        element('rule', { id: id(row) }, [
          ...(row.note === undefined ? [] : [`<description>${escapeXml(row.note)}</description>`]),
          ...inputs.map(({ name }, at) =>
            textElement(
              'inputEntry',
              { id: `${id(row)}-if-${at + 1}` },
              text(row.when[at] ?? null, printCell, index, name),
            ),
          ),
          ...outputs.map(({ name }, at) =>
            textElement(
              'outputEntry',
              { id: `${id(row)}-then-${at + 1}` },
              text(row.then[at] ?? null, printFeel, index, name),
            ),
          ),
        ]),
      ),
    ])
  }
}

const typeOf = ({ type }: TablePart['inputs'][number]): string | undefined =>
  type === 'any' ? undefined : type

const typeName = (name: string): string => `t_${name}`

const propertiesOf = (schema: unknown): Readonly<Record<string, unknown>> =>
  isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {}

const isStructure = (schema: unknown): boolean => Object.keys(propertiesOf(schema)).length > 0

const enumOf = (schema: unknown): readonly Json[] | null =>
  isObject(schema) && Array.isArray(schema['enum']) ? (schema['enum'] as readonly Json[]) : null

const basic: Readonly<Record<string, string>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
}

function simpleType(schema: unknown): string | undefined {
  if (!isObject(schema)) return undefined
  if (schema['type'] === 'string' && schema['format'] === 'date') return 'date'
  return typeof schema['type'] === 'string' ? basic[schema['type']] : undefined
}

const typeRef = (name: string, schema: unknown): string | undefined =>
  isStructure(schema) || enumOf(schema) !== null ? name : simpleType(schema)

/** A definition for what is more than a basic type. */
const itemDefinition = (name: string, schema: unknown): readonly string[] =>
  typeRef(name, schema) === name ? [element('itemDefinition', { name }, typeContent(schema))] : []

function typeContent(schema: unknown): readonly string[] {
  if (isStructure(schema))
    return Object.entries(propertiesOf(schema)).map(([name, inner]) =>
      element('itemComponent', { name }, typeContent(inner)),
    )
  const type = simpleType(schema)
  const listed = enumOf(schema)
  return [
    ...(type === undefined ? [] : [`<typeRef>${type}</typeRef>`]),
    ...(listed === null
      ? []
      : [textElement('allowedValues', {}, listed.map((each) => printFeel(each)).join(', '))]),
  ]
}
