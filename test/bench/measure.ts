import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { printed, type Line } from './line.ts'

export type Progress = (text: string) => void
export type BenchCase<Sizes> = (sizes: Sizes, progress: Progress) => AsyncIterable<Line>

/**
 * Measures the case that `--case` names, or all in their order. Results on stdout, a JSON line each; everything else on
 * stderr. The exit code is 1 where a case failed.
 */
export async function measureCases<Sizes>(
  cases: Readonly<Record<string, BenchCase<Sizes>>>,
  sizes: Sizes,
): Promise<void> {
  const { values } = parseArgs({ options: { case: { type: 'string' } } })
  const names = Object.keys(cases)
  const progress = (text: string): void => void process.stderr.write(`${text}\n`)
  const name = values.case
  if (name === undefined) {
    for (const each of names) measureApart(each)
    return
  }
  const chosen = names.includes(name) ? cases[name] : undefined
  if (!chosen) {
    progress(`There is no case "${name}". Cases: ${names.join(', ')}`)
    process.exitCode = 1
    return
  }
  progress(`── ${name}`)
  try {
    for await (const line of chosen(sizes, progress)) process.stdout.write(`${printed(line)}\n`)
  } catch (error) {
    progress(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  }
}

/** In a process of its own, so that no case measures the memory and the compiled code of another. */
function measureApart(name: string): void {
  const self = [...process.execArgv, process.argv[1] ?? '', '--case', name]
  const { status } = spawnSync(process.execPath, self, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
