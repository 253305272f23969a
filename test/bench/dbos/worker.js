// The same flow on DBOS: effects that answer at once, rules and decision as steps, with the branches between them; without
// `evaluations` the effects alone are steps.
// Reads a job as JSON on stdin, writes { runs, took } as JSON on its last line of stdout.
import { text } from 'node:stream/consumers'
import { DBOS } from '@dbos-inc/dbos-sdk'

const { database, answers, evaluations, input, warmUp, runs, inFlight } = JSON.parse(
  await text(process.stdin),
)

const ask = (peer) => DBOS.runStep(() => Promise.resolve(answers[peer]), { name: peer })
const evaluate = (name, decide) =>
  evaluations ? DBOS.runStep(() => Promise.resolve(decide()), { name }) : decide()

const policy = (bureau, income) =>
  bureau.score < 670 ||
  bureau.overdue > 0 ||
  bureau.enquiries > 6 ||
  income.obligations / income.monthly > 0.5
    ? 'decline'
    : null

const rows = [
  [780, 100_000, 10.5, 'a'],
  [740, 60_000, 11.75, 'b'],
  [700, 40_000, 13.25, 'c'],
  [670, 25_000, 15, 'd'],
]
const offerFor = (score, monthly) => {
  const found = rows.find(([least, income]) => score >= least && monthly >= income)
  return found ? { rate: found[2], tier: found[3] } : null
}

async function loanWorkflow(application) {
  if (application.loan.amount > 2_000_000) return { declined: application.number }
  const kyc = await ask('kyc')
  if (kyc.match === false) return { declined: application.number }
  const bureau = await ask('bureau')
  const income = await ask('income')
  const outcome = await evaluate('policy', () => policy(bureau, income))
  if (outcome === 'decline') return { declined: application.number }
  const offer = await evaluate('offer', () => offerFor(bureau.score, income.monthly))
  await ask('notify')
  return offer
}

DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: database,
  runAdminServer: false,
  logLevel: 'error',
})
const loan = DBOS.registerWorkflow(loanWorkflow, { name: 'loan' })
await DBOS.launch()

async function drive(count) {
  let left = count
  const one = async () => {
    while (left > 0) {
      left -= 1
      const handle = await DBOS.startWorkflow(loan)(input)
      await handle.getResult()
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, one))
  return performance.now() - began
}

await drive(warmUp)
const took = await drive(runs)
await DBOS.shutdown()
process.stdout.write(`${JSON.stringify({ runs, took })}\n`)
