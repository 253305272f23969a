import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { main } from '#engine/cli/main.ts'

const policy = {
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: { type: 'object', properties: { score: { type: 'number' } } },
  parts: [
    {
      kind: 'decision',
      id: 'limits',
      name: 'Limits',
      decision: 'limits',
      inputs: { score: { var: 'score' } },
    },
  ],
}
const limits = {
  kind: 'decision',
  format: 1,
  id: 'limits',
  name: 'Limits',
  input: {},
  parts: [
    {
      kind: 'table',
      id: 'grid',
      name: 'Grid',
      hitPolicy: 'unique',
      inputs: [{ id: 'score', name: 'Score', expression: { var: 'score' } }],
      outputs: [{ id: 'outcome', name: 'Outcome', expression: 'outcome' }],
      rows: [
        { id: 'a', when: [{ gte: [{ var: '?' }, 670] }], then: ['approve'] },
        { id: 'b', when: [{ lte: [{ var: '?' }, 670] }], then: ['decline'] },
      ],
    },
  ],
}

function folder(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(tmpdir(), 'metis-decide-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  for (const [name, content] of Object.entries({
    'policy.json': policy,
    'limits.json': limits,
    ...files,
  }))
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
async function metis(cwd: string, args: readonly string[], interrupted = new AbortController()) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(['decide', ...args], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: {},
    cwd,
    colour: false,
    interrupted: interrupted.signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('metis decide', () => {
  it('[R509] decides every case of a file; one that cannot be decided has its error in its row', async () => {
    const cwd = folder({
      'cases.csv': '\uFEFFname,CIBIL,!\r\n"A, B",700,x\r\nC,600\r\n\r\nD,high\r\nE,670\r\nF,\r\n',
    })
    const args = ['policy.json', '--cases', 'cases.csv', '--out', 'out.csv', '--map', 'CIBIL=score']
    const { code, out, err } = await metis(cwd, args)
    expect(out).toBe('')
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8').split('\r\n')).toEqual([
      'name,CIBIL,!,outcome,reasons,conditions,flags,missing,error',
      '"A, B",700,x,approve,,,,,',
      'C,600,decline,,,,,',
      expect.stringMatching(/^D,high,,,,,,"The column ""CIBIL"" holds what is no number/) as string,
      expect.stringMatching(/^E,670,,,,,,.*[Gg]rid/) as string,
      'F,,,,,,score,',
      '',
    ])
    expect(existsSync(join(cwd, 'out.csv.part'))).toBe(false)
    expect(err).toContain('Not read, since they are no path of an input: !')
    expect(err).toContain('case 3: ')
    expect(err).toContain('decided 5 cases: approve 1, decline 1, not decided 2, no outcome 1')
    expect(code).toBe(1)
  })

  it('[R510] reads and writes lines of JSON too, and one case from the command line', async () => {
    const cwd = folder({ 'cases.jsonl': '{"score":700}\n\n[]\n{"score":1}\n' })
    const { code, out, err } = await metis(cwd, ['policy.json', '--cases', 'cases.jsonl'])
    const lines = out
      .split('\n')
      .map((line) => JSON.parse(line) as { outcome?: string; error?: string })
    expect(lines.map(({ outcome, error }) => outcome ?? error)).toEqual([
      'approve',
      'the line is no JSON object',
      'decline',
    ])
    expect(err).toContain('case 2: the line is no JSON object')
    expect(code).toBe(1)
    const one = await metis(cwd, ['policy.json', '{"score":500}'])
    expect(JSON.parse(one.out)).toMatchObject({ outcome: 'decline', decision: { id: 'policy' } })
    expect(one.code).toBe(0)
  })

  it('[R511] keeps what it has where it is interrupted, under another name', async () => {
    const cwd = folder({ 'cases.csv': 'score\n700\n600\n' })
    const interrupted = new AbortController()
    interrupted.abort()
    const { code, err } = await metis(
      cwd,
      ['policy.json', '--cases', 'cases.csv', '--out', 'out.csv'],
      interrupted,
    )
    expect(code).toBe(1)
    expect(err).toContain('stopped after 0 cases')
    expect(existsSync(join(cwd, 'out.csv'))).toBe(false)
    expect(readFileSync(join(cwd, 'out.csv.part'), 'utf8')).toContain('score,outcome')
  })

  it('[R511] says what is wrong with its call', async () => {
    const cwd = folder({ 'cases.xml': '', 'cases.csv': 'a,a\n' })
    const told = async (...args: string[]) => (await metis(cwd, args)).err.split('\n')[0]
    expect(await told('policy.json')).toContain('give one case as JSON, or a file of them')
    expect(await told('policy.json', '[]')).toContain('the case is no JSON object')
    expect(await told('policy.json', '--cases', 'cases.xml')).toContain(
      'cases come from .csv or .jsonl',
    )
    expect(await told('policy.json', '--cases', 'none.csv')).toContain('cannot be read')
    expect(await told('policy.json', '--cases', 'cases.csv')).toContain('another column fills it')
    expect(await told('policy.json', '--cases', 'cases.csv', '--map', 'x')).toContain(
      'write COLUMN=PATH',
    )
  })
})
