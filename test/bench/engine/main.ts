import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { cases, type CaseName } from './cases.ts'
import { printed } from './line.ts'
import { sizes } from './sizes.ts'

// Results on stdout, a JSON line each; everything else on stderr.
const { values } = parseArgs({ options: { case: { type: 'string' } } })
const names = Object.keys(cases) as CaseName[]
const chosen = names.find((name) => name === values.case)
const progress = (text: string): void => void process.stderr.write(`${text}\n`)

if (chosen) await measure(chosen)
else if (values.case === undefined) for (const name of names) measureApart(name)
else {
  progress(`There is no case "${values.case}". Cases: ${names.join(', ')}`)
  process.exitCode = 1
}

async function measure(name: CaseName): Promise<void> {
  progress(`── ${name}`)
  try {
    for await (const line of cases[name](sizes, progress))
      process.stdout.write(`${printed(line)}\n`)
  } catch (error) {
    progress(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  }
}

/** In a process of its own, so that no case measures the memory and the compiled code of another. */
function measureApart(name: CaseName): void {
  const self = [...process.execArgv, process.argv[1] ?? '', '--case', name]
  const { status } = spawnSync(process.execPath, self, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
