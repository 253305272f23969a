import { createReadStream, renameSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import papaparse from 'papaparse'
import { caseReader, cellText, resultColumns, type ResultColumn } from '#core/decision/batch.ts'
import { compileDecision, type CompiledDecision } from '#core/decision/compile.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { MetisError } from '#core/errors.ts'
import type { Decision } from '#core/graph/decision.ts'
import { parseDecision } from '#core/graph/parse.ts'
import { isObject, type JsonObject } from '#core/json.ts'
import { buildFunction } from '#engine/adapters/code/build-function.ts'
import { exitCode, UsageError, type Command, type Terminal } from '#engine/cli/command.ts'
import { decisionsBeside, readJsonFile } from '#engine/cli/flow-folder.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'

const help = `metis decide <decision.json> [INPUT] [--cases FILE] [--out FILE] [--map COLUMN=PATH]… [--tenant ID]

Decides one case, given as JSON, and prints the result; or every case of a file, .csv with a row of headers or .jsonl
with an object on each line, of any length. Other decisions that it asks are looked for beside it.

  --cases FILE        the cases; a column's header is the path of the input that it fills
  --out FILE          where the results go, .csv or .jsonl; to stdout, in the form of the cases, if not given
  --map COLUMN=PATH   fills the input at the path from the column
  --tenant ID         whose rules are in force

A case that cannot be decided has its error in its row, and the others go on. The results appear under their name once
all are written; until then, and where you interrupt it, they lie in FILE.part.

Exit code: 0 all decided, 1 the decision has errors or a case could not be decided, 2 wrong call.`

/** One case of a file: its own cells, and its input or why there is none. */
interface Case {
  readonly cells: readonly string[]
  readonly input: () => JsonObject
}
interface Cases {
  readonly headers: readonly string[]
  readonly rows: AsyncIterable<Case>
  /** Bytes read so far. */
  readonly read: () => number
  readonly notice: string | null
}

type Opener = (
  file: string,
  decision: Decision,
  mapping: Readonly<Record<string, string>>,
) => Promise<Cases>

const openers: Readonly<Record<string, Opener>> = {
  '.csv': async (file, decision, mapping) => {
    const source = createReadStream(file)
    const parsed = source.pipe(
      papaparse.parse(papaparse.NODE_STREAM_INPUT, { skipEmptyLines: 'greedy' }),
    )
    source.on('error', (error) => parsed.destroy(error))
    const rows = parsed[Symbol.asyncIterator]() as AsyncIterator<string[]>
    const first = await rows.next()
    const headers = first.done
      ? []
      : first.value.map((name, n) => (n === 0 ? name.replace(/^\uFEFF/, '') : name).trim())
    const reader = caseReader(headers, decision, mapping)
    return {
      headers,
      read: () => source.bytesRead,
      notice:
        reader.ignored.length === 0
          ? null
          : `Not read, since they are no path of an input: ${reader.ignored.join(', ')}. Name one with --map.`,
      rows: {
        async *[Symbol.asyncIterator]() {
          for (let next = await rows.next(); !next.done; next = await rows.next()) {
            const cells = next.value
            yield { cells, input: () => reader.input(cells) }
          }
        },
      },
    }
  },
  '.jsonl': (file) => {
    const source = createReadStream(file)
    const lines = createInterface({ input: source, crlfDelay: Infinity })
    return Promise.resolve({
      headers: ['input'],
      read: () => source.bytesRead,
      notice: null,
      rows: {
        async *[Symbol.asyncIterator]() {
          for await (const line of lines)
            if (line.trim() !== '') yield { cells: [line], input: () => objectIn(line) }
        },
      },
    })
  },
}

/** The message of what JSON.parse throws holds a piece of the text. */
class NoObject extends Error {}
function objectIn(line: string): JsonObject {
  try {
    const value = JSON.parse(line) as unknown
    if (isObject(value)) return value as JsonObject
  } catch {
    // Told below.
  }
  throw new NoObject('the line is no JSON object')
}

interface Written {
  readonly begin: (headers: readonly string[], columns: readonly ResultColumn[]) => string
  readonly row: (
    of: Case,
    columns: readonly ResultColumn[],
    result: DecisionResult | null,
    error: string,
  ) => string
}
const csvLine = (cells: readonly string[]): string => `${papaparse.unparse([[...cells]])}\r\n`
const writers: Readonly<Record<string, Written>> = {
  '.csv': {
    begin: (headers, columns) => csvLine([...headers, ...columns.map(({ name }) => name), 'error']),
    row: ({ cells }, columns, result, error) =>
      csvLine([...cells, ...columns.map(({ of }) => (result ? cellText(of(result)) : '')), error]),
  },
  '.jsonl': {
    begin: () => '',
    row: (_, columns, result, error) =>
      `${JSON.stringify(result ? Object.fromEntries(columns.map(({ name, of }) => [name, of(result)])) : { error })}\n`,
  },
}

export const decide: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        cases: { type: 'string' },
        out: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        tenant: { type: 'string' },
      },
    })
    const [file, given] = positionals
    if (file === undefined || positionals.length > 2) throw new UsageError('name one decision')
    if ((given === undefined) === (values.cases === undefined))
      throw new UsageError('give one case as JSON, or a file of them with --cases')
    const path = resolve(terminal.cwd, file)
    const parsed = parseDecision(readJsonFile(path))
    if (!parsed.ok) {
      for (const finding of parsed.findings) terminal.err(formatFinding(finding))
      return exitCode.failed
    }
    const decision = parsed.document
    const others = decisionsBeside(dirname(path))
    const compiled = compileDecision(decision, (id) => others.get(id), buildFunction)
    const one: Decide = (input) => compiled(input, Date.now(), values.tenant)
    if (given !== undefined) {
      terminal.out(JSON.stringify(one(inputOf(given)), null, 2))
      return exitCode.done
    }
    const cases = resolve(terminal.cwd, values.cases ?? '')
    const out = values.out === undefined ? null : resolve(terminal.cwd, values.out)
    return decideAll({
      decision,
      decide: one,
      cases,
      out,
      mapping: mappingOf(values.map),
      terminal,
    })
  },
}
type Decide = (input: JsonObject) => ReturnType<CompiledDecision>

function inputOf(text: string): JsonObject {
  try {
    return objectIn(text)
  } catch {
    throw new UsageError('the case is no JSON object')
  }
}

const mappingOf = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((each) => {
      const [column, path] = each.split('=')
      if (!column || !path) throw new UsageError(`--map ${each}: write COLUMN=PATH`)
      return [column.trim(), path.trim()]
    }),
  )

interface Job {
  readonly decision: Decision
  readonly decide: Decide
  readonly cases: string
  readonly out: string | null
  readonly mapping: Readonly<Record<string, string>>
  readonly terminal: Terminal
}

async function decideAll({ decision, decide, cases, out, mapping, terminal }: Job) {
  const opener = openers[extname(cases).toLowerCase()]
  const writer = writers[extname(out ?? cases).toLowerCase()]
  if (!opener) throw new UsageError(`cases come from ${Object.keys(openers).join(' or ')}`)
  if (!writer) throw new UsageError(`results go to ${Object.keys(writers).join(' or ')}`)
  const size = statSync(cases, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new UsageError(`the file ${cases} cannot be read`)
  const { headers, rows, read, notice } = await opener(cases, decision, mapping)
  if (notice !== null) terminal.err(notice)
  const columns = resultColumns(decision)
  const sink = await openSink(out, terminal)
  const counts = new Map<string, number>()
  const tell = progressOf(terminal, size, read)
  let count = 0
  let failed = 0
  await sink.write(writer.begin(headers, columns))
  for await (const each of rows) {
    if (terminal.interrupted.aborted) break
    count += 1
    let result: DecisionResult | null = null
    let error = ''
    try {
      result = decide(each.input())
    } catch (thrown) {
      if (!(thrown instanceof MetisError) && !(thrown instanceof NoObject)) throw thrown
      error = thrown.message
      failed += 1
      if (failed <= 5) terminal.err(`case ${count}: ${error}`)
    }
    const outcome = result ? (result.outcome ?? 'no outcome') : 'not decided'
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    await sink.write(writer.row(each, columns, result, error))
    tell(count)
  }
  const stopped = terminal.interrupted.aborted
  await sink.end(!stopped)
  const told = [...counts].map(([outcome, n]) => `${outcome} ${n.toLocaleString('en')}`).join(', ')
  terminal.err(
    `${stopped ? 'stopped after' : 'decided'} ${count.toLocaleString('en')} cases${told === '' ? '' : `: ${told}`}`,
  )
  return stopped || failed > 0 ? exitCode.failed : exitCode.done
}

interface Sink {
  write(text: string): Promise<void>
  /** Whole: the file takes its name. */
  end(whole: boolean): Promise<void>
}

/** Gathers before it writes: a case is a few dozen bytes. */
async function openSink(out: string | null, terminal: Terminal): Promise<Sink> {
  const part = out === null ? null : `${out}.part`
  const file = part === null ? null : await open(part, 'w')
  let gathered = ''
  const flush = async (): Promise<void> => {
    const text = gathered
    gathered = ''
    if (file) await file.writeFile(text)
    else if (text !== '') terminal.out(text.replace(/\r?\n$/, ''))
  }
  return {
    async write(text) {
      gathered += text
      if (gathered.length > 65_536) await flush()
    },
    async end(whole) {
      await flush()
      await file?.close()
      if (part !== null && out !== null && whole) renameSync(part, out)
      else if (part !== null) terminal.err(`what was decided until then lies in ${part}`)
    },
  }
}

/** Every second how far it is, and how long it will take. */
function progressOf(terminal: Terminal, size: number, read: () => number) {
  const began = performance.now()
  let toldAt = began
  return (count: number): void => {
    if (count % 1000 !== 0) return
    const now = performance.now()
    if (now - toldAt < 1000) return
    toldAt = now
    const share = size === 0 ? 1 : Math.min(1, read() / size)
    const seconds = (now - began) / 1000
    const left = Math.ceil(seconds / share - seconds)
    terminal.err(
      `${count.toLocaleString('en')} cases, ${Math.floor(share * 100)} %, ${Math.round(count / seconds).toLocaleString('en')} a second, ${left} s left`,
    )
  }
}
