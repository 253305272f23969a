import { parseArgs } from 'node:util'
import { cases, type CaseName } from './cases.ts'
import { printed } from './line.ts'
import { sizes } from './sizes.ts'

// Results on stdout, a JSON line each; everything else on stderr.
const { values } = parseArgs({ options: { case: { type: 'string' } } })
const names = Object.keys(cases) as CaseName[]
const chosen = values.case === undefined ? names : names.filter((name) => name === values.case)
const progress = (text: string): void => void process.stderr.write(`${text}\n`)

if (chosen.length === 0) {
  progress(`There is no case "${values.case}". Cases: ${names.join(', ')}`)
  process.exitCode = 1
}
for (const name of chosen) {
  progress(`── ${name}`)
  try {
    for await (const line of cases[name](sizes, progress))
      process.stdout.write(`${printed(line)}\n`)
  } catch (error) {
    progress(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  }
}
