import { createThread, useThread, type Draft } from '../draft-thread.ts'
import { noPopulation, type ApplicantFile, type Population } from './applicants.ts'

const ask = createThread<ApplicantFile | null, Population>(
  () => new Worker(new URL('./applicants.worker.ts', import.meta.url), { type: 'module' }),
)

/** What the scorecards make of the applicants of a CSV file, or of the tests without one; counted anew at every change. */
export const usePopulation = (draft: Draft, file: ApplicantFile | null): Population =>
  useThread(ask, { ...draft, question: file, first: () => noPopulation }).answer
