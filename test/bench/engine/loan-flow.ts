import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { defineNode } from '#core/node/define-node.ts'

/** What the peers of the benchmark's flow answer, at once. */
export const answers: Readonly<Record<string, Json>> = {
  kyc: { match: true, name: 'ASHA RAO', source: 'registry', checkedAt: '2026-01-05T10:00:00Z' },
  bureau: {
    score: 742,
    reportId: 'B-2026-0001842',
    accounts: 4,
    overdue: 0,
    enquiries: 2,
    oldestMonths: 86,
  },
  income: { monthly: 92_500, obligations: 18_400, bank: 'verified', months: 6 },
  notify: { channel: 'email', messageId: 'm-000184200017' },
}

export const application = (n: number): Json => ({
  number: `LN-${String(n).padStart(8, '0')}`,
  applicant: { name: 'Asha Rao', pan: 'ABCPR1234K', born: '1991-04-17', city: 'Pune' },
  loan: { amount: 400_000, months: 36, purpose: 'education' },
})

export const ask = defineNode({
  type: 'bench.ask',
  version: 1,
  title: 'Ask a peer',
  description: 'A peer that answers at once, in this process.',
  area: 'integration',
  icon: 'phone',
  config: z.object({ peer: z.string() }),
  inputs: { about: anyJson.optional() },
  outputs: { out: anyJson },
}).effect({ uses: [] }, ({ config, exit }) =>
  Promise.resolve(exit.out(answers[config.peer] ?? null)),
)

const peer = (id: string, about: Logic) => ({
  id,
  type: ask.type,
  name: id,
  config: { peer: id },
  inputs: { about },
})
const branch = (id: string, when: Logic) => ({
  id,
  type: 'flow.branch',
  name: id,
  config: { cases: [{ id: 'no', when }] },
})
const evaluate = (id: string, inputs: Record<string, Logic>) => ({
  id,
  type: 'decision.evaluate',
  name: id,
  config: { decision: id },
  inputs,
})
const end = (id: string, output: Logic, status = 'completed') => ({
  id,
  type: 'flow.end',
  name: id,
  config: { status },
  inputs: { output },
})

/** Start, three branches, four effects, rules, a decision, two ends. */
export const loanFlow = {
  kind: 'flow',
  format: 1,
  id: 'loan',
  name: 'Loan',
  input: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'start' },
    branch('small', { gt: [{ var: 'input.loan.amount' }, 2_000_000] }),
    peer('kyc', { var: 'input.applicant' }),
    branch('known', { eq: [{ var: 'kyc.match' }, false] }),
    peer('bureau', { var: 'input.applicant.pan' }),
    peer('income', { var: 'input.applicant.pan' }),
    evaluate('policy', { bureau: { var: 'bureau' }, income: { var: 'income' } }),
    branch('passed', { eq: [{ var: 'policy.outcome' }, 'decline'] }),
    evaluate('offer', {
      score: { var: 'bureau.score' },
      monthly: { var: 'income.monthly' },
      amount: { var: 'input.loan.amount' },
    }),
    peer('notify', { var: 'offer.values' }),
    end('approved', { var: 'offer.values' }),
    end('declined', { var: 'input.number' }, 'failed'),
  ],
  edges: [
    ['start', 'out', 'small'],
    ['small', 'no', 'declined'],
    ['small', 'else', 'kyc'],
    ['kyc', 'out', 'known'],
    ['known', 'no', 'declined'],
    ['known', 'else', 'bureau'],
    ['bureau', 'out', 'income'],
    ['income', 'out', 'policy'],
    ['policy', 'out', 'passed'],
    ['passed', 'no', 'declined'],
    ['passed', 'else', 'offer'],
    ['offer', 'out', 'notify'],
    ['notify', 'out', 'approved'],
  ].map(([source, sourcePort, target], index) => ({ id: `e${index}`, source, sourcePort, target })),
}

const rule = (id: string, text: string, when: Logic) => ({
  id,
  name: text,
  when,
  then: [
    { do: 'outcome', outcome: 'decline' },
    { do: 'reason', code: id.toUpperCase(), text },
  ],
})

export const loanDecisions = [
  {
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {},
    parts: [
      {
        kind: 'rules',
        id: 'rules',
        name: 'Rules',
        rules: [
          rule('score', 'Bureau score is below 670', { lt: [{ var: 'bureau.score' }, 670] }),
          rule('overdue', 'An account is overdue', { gt: [{ var: 'bureau.overdue' }, 0] }),
          rule('enquiries', 'Too many enquiries', { gt: [{ var: 'bureau.enquiries' }, 6] }),
          rule('foir', 'Obligations are above half of the income', {
            gt: [{ divide: [{ var: 'income.obligations' }, { var: 'income.monthly' }] }, 0.5],
          }),
        ],
      },
    ],
  },
  {
    kind: 'decision',
    format: 1,
    id: 'offer',
    name: 'Offer',
    input: {},
    parts: [
      {
        kind: 'table',
        id: 'rate',
        name: 'Rate',
        hitPolicy: 'first',
        inputs: [
          { id: 'score', name: 'Score', expression: { var: 'score' } },
          { id: 'monthly', name: 'Income', expression: { var: 'monthly' } },
        ],
        outputs: [
          { id: 'rate', name: 'rate', expression: 'rate' },
          { id: 'tier', name: 'tier', expression: 'tier' },
        ],
        rows: [
          row('a', 780, 100_000, 10.5),
          row('b', 740, 60_000, 11.75),
          row('c', 700, 40_000, 13.25),
          row('d', 670, 25_000, 15),
        ],
      },
    ],
  },
]

function row(id: string, score: number, monthly: number, rate: number) {
  return {
    id,
    when: [{ gte: [{ var: '?' }, score] }, { gte: [{ var: '?' }, monthly] }],
    then: [rate, id],
  }
}
