import { creditDecisionSchema, creditInputs, creditSettings } from '#core/decision/credit-schema.ts'
import { decideCredit } from '#core/decision/credit.ts'
import { defineNode } from '#core/node/define-node.ts'

export const decisionCredit = defineNode({
  type: 'decision.credit',
  version: 1,
  title: 'Decide on credit',
  description: 'Joins policy rules, model score and affordability to one decision with reasons.',
  area: 'decision',
  icon: 'gavel',
  summary: 'approve from {approveFrom}, decline below {declineBelow}, FOIR {foirCap} %',
  config: creditSettings,
  inputs: creditInputs,
  outputs: { out: creditDecisionSchema },
}).pure(({ config, inputs, at, exit }) => exit.out(decideCredit(inputs, config, at)))
