import { runDmn } from './dmn.ts'
import { runJsonLogic } from './jsonlogic.ts'
import { suitesFolder, type Conformance } from './suites.ts'

const runners: Readonly<Record<string, () => readonly Conformance[]>> = {
  jsonlogic: runJsonLogic,
  dmn: runDmn,
}

const asked = process.argv.slice(2)
const names = asked.length > 0 ? asked : Object.keys(runners)
const unknown = names.filter((name) => !Object.hasOwn(runners, name))
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown: ${unknown.join(', ')}. Name ${Object.keys(runners).join(' or ')}.\n`,
  )
  process.exitCode = 1
} else {
  for (const result of names.flatMap((name) => runners[name]?.() ?? [])) {
    if (result.total === 0)
      process.stderr.write(
        `${result.suite}: skipped, its cases are not in ${suitesFolder}. Name their folder in METIS_SUITES.\n`,
      )
    else process.stdout.write(`${JSON.stringify(result)}\n`)
  }
}
