import papaparse from 'papaparse'
import { caseReader, cellText, resultColumns } from '#core/decision/batch.ts'
import { compileDecision } from '#core/decision/compile.ts'
import { findIn } from '../other-decisions.ts'
import { keptRows, type BatchOrder, type BatchReply, type BatchRow } from './batch-messages.ts'

const tell = (reply: BatchReply): void => self.postMessage(reply)
let stopping = false

self.addEventListener('message', ({ data }: MessageEvent) => {
  if (data === 'stop') stopping = true
  else
    try {
      decideAll(data as BatchOrder)
    } catch (error) {
      fail(error)
    }
})

const fail = (error: unknown): void =>
  tell({ about: 'problem', problem: error instanceof Error ? error.message : String(error) })

function decideAll({ decision, others, file, mapping }: BatchOrder): void {
  const decide = compileDecision(decision, findIn(others))
  const columns = resultColumns(decision)
  const kinds: Record<string, number> = {}
  const written: string[] = []
  let reader: ReturnType<typeof caseReader> | undefined
  let count = 0
  const at = Date.now()

  const decided = (
    cells: readonly string[],
  ): { kind: string; results: string[]; error: string } => {
    try {
      const result = decide(reader?.input(cells) ?? {}, at)
      const results = columns.map(({ of }) => cellText(of(result)))
      return { kind: result.outcome ?? 'none', results, error: '' }
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      return { kind: 'failed', results: columns.map(() => ''), error: told }
    }
  }
  const begin = (headers: readonly string[]): void => {
    reader = caseReader(headers, decision, mapping)
    const results = [...columns.map(({ name }) => name), 'error']
    written.push(`${papaparse.unparse([[...headers, ...results]])}\r\n`)
    tell({ about: 'columns', names: [...results, ...headers] })
  }

  papaparse.parse<string[]>(file, {
    skipEmptyLines: 'greedy',
    chunkSize: 2 ** 19,
    chunk({ data, meta }, parser) {
      try {
        const lines = reader ? data : data.slice(1)
        if (!reader && data[0]) begin(data[0].map((name) => name.replace(/^\uFEFF/, '').trim()))
        const rows: BatchRow[] = []
        const texts: string[][] = []
        for (const cells of lines) {
          count += 1
          const { kind, results, error } = decided(cells)
          kinds[kind] = (kinds[kind] ?? 0) + 1
          texts.push([...cells, ...results, error])
          if (count <= keptRows)
            rows.push({ number: count, kind, cells: [...results, error, ...cells] })
        }
        if (texts.length > 0) written.push(`${papaparse.unparse(texts)}\r\n`)
        const share = file.size === 0 ? 1 : Math.min(1, meta.cursor / file.size)
        tell({ about: 'rows', rows, progress: { count, share, kinds: { ...kinds } } })
        if (stopping) parser.abort()
      } catch (error) {
        parser.abort()
        fail(error)
      }
    },
    complete: () =>
      tell({ about: 'end', whole: !stopping, file: new Blob(written, { type: 'text/csv' }) }),
    error: fail,
  })
}
