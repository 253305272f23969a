import type { Decision } from '#core/graph/decision.ts'
import { answerDrafts } from '../answer-drafts.ts'
import {
  countApplicants,
  noPopulation,
  readApplicants,
  testApplicants,
  type ApplicantFile,
  type Population,
} from './applicants.ts'

/** bytes of a file that are looked at */
const mostBytes = 2 ** 24

/** The text of the file last asked about. */
let known: { readonly file: File; readonly text: string } | null = null

const isSame = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified

async function textOf(file: File): Promise<string> {
  if (known === null || !isSame(known.file, file)) {
    const read = await file.slice(0, mostBytes).text()
    // The last line of a longer file may be cut.
    const text = file.size > mostBytes ? read.slice(0, read.lastIndexOf('\n')) : read
    known = { file, text }
  }
  return known.text
}

answerDrafts<ApplicantFile | null, Population>(async (decision: Decision, source, nested) => {
  const now = Date.now()
  try {
    const read =
      source === null
        ? { applicants: testApplicants(decision, now), failed: 0, choices: [], outcome: null }
        : readApplicants(await textOf(source.file), decision, source.outcome)
    const counted = countApplicants(decision, read.applicants, { now, nested })
    const { choices, outcome } = read
    return { ...counted, choices, outcome, failed: counted.failed + read.failed }
  } catch (error) {
    return { ...noPopulation, problem: error instanceof Error ? error.message : String(error) }
  }
})
