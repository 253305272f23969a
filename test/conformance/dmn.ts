import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { compileDecision } from '#core/decision/compile.ts'
import { fieldName, importDmn } from '#core/decision/dmn/import.ts'
import { childOf, childrenOf, readRoot, type Element } from '#core/decision/dmn/model.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { conformance, suitesFolder, type Conformance } from './suites.ts'

/** One expected result of a test case of the DMN TCK. */
export interface DmnResult {
  /** `0010-multi-output-U 001 Approval` */
  readonly name: string
  readonly expected: Json
  /** @throws whatever importing or evaluating throws */
  actual(): Json
}

const folder = join(suitesFolder, 'dmn-tck/compliance-level-2')

/** Every result of level 2; none where the suite is not there. */
export function dmnResults(): DmnResult[] {
  if (!existsSync(folder)) return []
  return testFiles().flatMap((file) => {
    const cases = readRoot(readFileSync(file, 'utf8'), 'testCases')
    const model = join(dirname(file), childOf(cases, 'modelName')?.text ?? '')
    return childrenOf(cases, 'testCase').flatMap((each) => resultsOf(model, each))
  })
}

const testFiles = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /-test-.*\.xml$/.test(name))
    .toSorted()
    .map((name) => join(folder, name))

function resultsOf(model: string, test: Element): DmnResult[] {
  const input: JsonObject = Object.fromEntries(
    childrenOf(test, 'inputNode').map((node) => [
      fieldName(node.attributes['name'] ?? ''),
      valueOf(node),
    ]),
  )
  return childrenOf(test, 'resultNode').map((node) => {
    const decision = node.attributes['name'] ?? ''
    return {
      name: `${basename(model, '.dmn')} ${test.attributes['id'] ?? ''} ${decision}`,
      expected: valueOf(childOf(node, 'expected') ?? node),
      actual: () => {
        const imported = importDmn(readFileSync(model, 'utf8'))
        if (imported.findings[0]) throw new Error(JSON.stringify(imported.findings))
        const { values } = compileDecision(imported.decision)(input, 0)
        return values[imported.parts.get(decision) ?? ''] ?? null
      },
    }
  })
}

/** A value of a test case: typed text, a list of items, or named components. */
function valueOf(node: Element): Json {
  const components = childrenOf(node, 'component')
  if (components.length > 0) {
    const named = node.name === 'inputNode' || node.name === 'component' ? fieldName : String
    return Object.fromEntries(
      components.map((each) => [named(each.attributes['name'] ?? ''), valueOf(each)]),
    )
  }
  const list = childOf(node, 'list')
  if (list !== undefined) return childrenOf(list, 'item').map(valueOf)
  const value = childOf(node, 'value')
  if (value === undefined || value.attributes['nil'] === 'true') return null
  const type = (value.attributes['type'] ?? '').replace(/^.*:/, '')
  if (type === 'decimal' || type === 'double' || type === 'integer') return Number(value.text)
  return type === 'boolean' ? value.text === 'true' : value.text
}

/** Relative, of numbers: the suite writes fewer digits than a double holds. */
const tolerance = 1e-8

export function alike(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each: Json, i) => alike(each, b[i] as Json))
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  const [x, y] = [a as JsonObject, b as JsonObject]
  const keys = Object.keys(x)
  return (
    keys.length === Object.keys(y).length &&
    keys.every((key) => Object.hasOwn(y, key) && alike(x[key] ?? null, y[key] ?? null))
  )
}

export const runDmn = (): readonly Conformance[] => [
  conformance(
    'dmn/level-2',
    dmnResults().map((each) => ({ name: each.name, passed: holds(each) })),
  ),
]

function holds({ expected, actual }: DmnResult): boolean {
  try {
    return alike(actual(), expected)
  } catch {
    return false
  }
}
