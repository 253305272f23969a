import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the public suites lie: `METIS_SUITES`, or the shared folder beside the checkout. */
export const suitesFolder = process.env['METIS_SUITES'] ?? join(process.cwd(), '../shared/data')

/** The parsed file, or null where the suites are not there. */
export function readSuite(path: string): unknown {
  const file = join(suitesFolder, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
