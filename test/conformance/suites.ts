import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the public suites lie: `METIS_SUITES`, or the shared folder beside the checkout. */
export const suitesFolder = process.env['METIS_SUITES'] ?? join(process.cwd(), '../shared/data')

/** What of a suite is reached; `gaps` names every case that is not. */
export interface Conformance {
  readonly suite: string
  readonly passed: number
  readonly total: number
  readonly gaps: readonly string[]
}

/** The file's text, or null where the suites are not there. */
function readText(path: string): string | null {
  const file = join(suitesFolder, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** The parsed file, or null where the suites are not there. */
export function readSuite(path: string): unknown {
  const text = readText(path)
  return text === null ? null : JSON.parse(text)
}

export function conformance(
  suite: string,
  cases: readonly { readonly name: string; readonly passed: boolean }[],
): Conformance {
  const gaps = cases.filter(({ passed }) => !passed).map(({ name }) => name)
  return { suite, passed: cases.length - gaps.length, total: cases.length, gaps }
}
