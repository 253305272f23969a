import { IconFlag, IconLogin2 } from '@tabler/icons-react'
import { otherwise } from '#core/decision/switch.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import { isObject, type Json } from '#core/json.ts'
import { findingText } from '../../canvas/finding-text.ts'
import { cardWidth } from '../../canvas/geometry.ts'
import type { Position } from '../../document/command.ts'
import { partCoverage } from '../explain/coverage-marks.ts'
import type { EditorServices } from '../editor-context.ts'
import { t as words } from '../messages.ts'
import { partIcons } from '../part-icons.ts'
import { graphHeight, inputNode, resultNode } from './decision-graph.ts'
import { t } from './messages.ts'
import type { PartNodeData, PartNodeType } from './PartNode.tsx'

/** The cards of a decision as React Flow takes them. */
export function partNodes(
  services: EditorServices,
  places: Readonly<Record<string, Position>>,
  chosen: ReadonlySet<string>,
): PartNodeType[] {
  const { decision } = services
  const all: [string, PartNodeData][] = [
    [inputNode, inputCard(services)],
    ...decision.parts.map((part, index): [string, PartNodeData] => [
      part.id,
      partCard(services, part, index),
    ]),
    [resultNode, resultCard(services)],
  ]
  return all.map(([id, data]) => ({
    id,
    type: 'part',
    position: places[id] ?? { x: 0, y: 0 },
    data,
    selected: chosen.has(id),
    width: cardWidth,
    height: graphHeight(decision, id),
    ariaLabel: `${data.name}: ${data.summary}`,
  }))
}

const plain = {
  worth: null,
  skipped: false,
  problem: null,
  covered: null,
  cases: [],
  end: null,
} as const

const inputCard = ({ decision }: EditorServices): PartNodeData => {
  const { properties } = decision.input
  const count = isObject(properties) ? Object.keys(properties).length : 0
  return {
    ...plain,
    icon: IconLogin2,
    name: t('input'),
    summary: t('inputFields', { count }),
    end: 'input',
  }
}

const resultCard = ({ outcome }: EditorServices): PartNodeData => ({
  ...plain,
  icon: IconFlag,
  name: t('result'),
  summary:
    'result' in outcome
      ? outcome.result.outcome === null
        ? t('noOutcome')
        : words(`outcome_${outcome.result.outcome}`)
      : outcome.problem,
  end: 'result',
})

function partCard(services: EditorServices, part: DecisionPart, index: number): PartNodeData {
  const { outcome, findings, covered } = services
  const mine = findings.filter(({ place }) => `${place.path}/`.startsWith(`/parts/${index}/`))
  const problem =
    mine.find(({ severity }) => severity === 'error') ??
    mine.find(({ severity }) => severity === 'warning')
  const value = 'result' in outcome ? outcome.result.values[part.id] : undefined
  const met =
    'result' in outcome ? outcome.result.fired.filter((each) => each.part === part.id).length : 0
  const coverage = partCoverage(covered, part.id)
  return {
    ...plain,
    covered:
      coverage === null
        ? null
        : { mark: coverage, text: t('covered', { met: coverage.met, all: coverage.all }) },
    icon: partIcons[part.kind],
    name: part.name,
    summary: summaryOf(part, met),
    skipped: part.only !== undefined && value === null,
    cases:
      part.kind === 'switch'
        ? [...part.cases, { id: otherwise, name: t('otherwise') }].map(({ id, name }) => ({
            id,
            name,
            taken: id === value,
          }))
        : [],
    worth: value === undefined || part.kind === 'switch' || isEmpty(value) ? null : worthOf(value),
    problem:
      problem === undefined || problem.severity === 'info'
        ? null
        : { severity: problem.severity, text: findingText(problem) },
  }
}

/** Nothing, or an object of nothings: a rule set that decided nothing. */
const isEmpty = (value: Json): boolean =>
  value === null || (isObject(value) && Object.values(value).every((each) => each === null))

const worthOf = (value: unknown): string =>
  isObject(value) && typeof value['score'] === 'number'
    ? String(value['score'])
    : isObject(value) && 'outcome' in value && typeof value['outcome'] === 'string'
      ? words(`outcome_${value['outcome']}` as Parameters<typeof words>[0])
      : isObject(value)
        ? Object.entries(value)
            .map(([name, each]) => `${name} ${plainly(each)}`)
            .join(' · ')
        : plainly(value)

const plainly = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

function summaryOf(part: DecisionPart, met: number): string {
  if (part.kind === 'rules') return t('rules', { count: part.rules.length, met })
  if (part.kind === 'scorecard') return t('facts', { count: part.characteristics.length })
  if (part.kind === 'table') return t('rows', { count: part.rows.length, met })
  return words(`kind_${part.kind}`)
}
