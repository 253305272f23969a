import { flowSchema, type Flow } from '#core/graph/flow.ts'

/** Effects in a row, each with a branch and a mapping behind it. `type` leaves by `out`. */
export function longFlow(nodes: number, type: string): { flow: Flow; effects: string[] } {
  const list: object[] = [{ id: 'start', type: 'flow.start', name: '' }]
  const edges: object[] = []
  const effects: string[] = []
  let from = { source: 'start', sourcePort: 'out' }
  const add = (id: string, kind: string, more: object, port: string): void => {
    list.push({ id, type: kind, name: '', ...more })
    edges.push({ id: `to_${id}`, ...from, target: id })
    from = { source: id, sourcePort: port }
  }
  for (let index = 0; list.length + 3 < nodes; index += 1) {
    const about = { var: index === 0 ? 'input.n' : `map${index - 1}.n` }
    add(`effect${index}`, type, { config: { peer: 'kyc' }, inputs: { about } }, 'out')
    const cases = [{ id: 'low', when: { lt: [{ var: `effect${index}.n` }, 0] } }]
    add(`branch${index}`, 'flow.branch', { config: { cases } }, 'else')
    edges.push({ id: `low${index}`, source: `branch${index}`, sourcePort: 'low', target: 'end' })
    const n = { plus: [{ var: `effect${index}.n` }, 1] }
    add(`map${index}`, 'data.map', { inputs: { n } }, 'out')
    effects.push(`effect${index}`)
  }
  add('end', 'flow.end', { inputs: { output: { var: 'run.id' } } }, '')
  const head = { kind: 'flow', format: 1, id: 'long', name: 'Long', input: {} }
  return { flow: flowSchema.parse({ ...head, nodes: list, edges }), effects }
}
