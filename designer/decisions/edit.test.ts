import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { addPart, changePart, movePart, removeParts, type Part } from './edit.ts'
import { addRule, asTried, changeRule, copyRule, moveRule, removeRule } from './edit-rules.ts'
import { createHistory, isDirty } from './history.ts'

const blank: Decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [],
})
const partOf = <K extends Decision['parts'][number]['kind']>(
  decision: Decision,
  kind: K,
): Part<K> => decision.parts.find((part): part is Part<K> => part.kind === kind) as Part<K>
const rulesWith = (...priorities: number[]): Part<'rules'> => ({
  kind: 'rules',
  id: 'policy',
  name: 'Policy',
  rules: priorities.map((priority, index) => ({
    id: `rule_${index}`,
    name: `Rule ${index}`,
    when: null,
    then: [],
    priority,
    enabled: true,
  })),
})

describe('parts', () => {
  it('are added as documents that fit the schema', () => {
    const all = (['rules', 'table', 'expression'] as const).reduce(
      (decision, kind) => addPart(decision, kind, 'New'),
      blank,
    )
    expect(() => decisionSchema.parse(all)).not.toThrow()
    expect(all.parts.map((part) => part.id)).toEqual(['rules_1', 'table_2', 'expression_3'])
    expect(movePart(all, 2, 0).parts.map((part) => part.kind)).toEqual([
      'expression',
      'rules',
      'table',
    ])
    expect(removeParts(all, new Set(['table_2'])).parts).toHaveLength(2)
  })

  it('leave the decision alone where nothing changes', () => {
    const one = addPart(blank, 'rules', 'Policy')
    expect(changePart(one, partOf(one, 'rules'), (part) => part)).toBe(one)
    expect(movePart(one, 0, 5)).toBe(one)
  })
})

describe('rules', () => {
  it('are tried where one has moved them to, whatever their priorities were', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 8 }),
        fc.nat(7),
        fc.nat(7),
        (priorities, pick, to) => {
          const part = rulesWith(...priorities)
          const tried = asTried(part.rules)
          const rule = tried[pick % tried.length]
          if (rule === undefined) return
          const target = to % tried.length
          const after = asTried(moveRule(part, rule.id, target).rules)
          expect(after[target]?.id).toBe(rule.id)
          const others = (rules: typeof after): string[] =>
            rules.filter((each) => each.id !== rule.id).map((each) => each.id)
          expect(others(after)).toEqual(others(tried))
        },
      ),
    ))

  it('are added last, copied beside, changed and removed', () => {
    const part = addRule(rulesWith(5, -2), 'New rule')
    expect(asTried(part.rules).at(-1)).toMatchObject({ name: 'New rule', priority: -2 })
    expect(copyRule(part, 'rule_0', 'Copy').rules.map((rule) => rule.name)).toEqual([
      'Rule 0',
      'Copy',
      'Rule 1',
      'New rule',
    ])
    const off = changeRule(part, 'rule_1', (rule) => ({ ...rule, enabled: false }))
    expect(off.rules[1]?.enabled).toBe(false)
    expect(removeRule(off, 'rule_1').rules).toHaveLength(2)
  })
})

describe('history', () => {
  it('[R137] undoes and redoes to the very documents, and knows what is saved', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('add', 'undo', 'redo')), (moves) => {
        const history = createHistory<readonly number[]>([])
        const model: number[][] = [[]]
        let at = 0
        for (const move of moves) {
          if (move === 'add') {
            history.change((list) => [...list, list.length])
            model.splice(at + 1, model.length, [...(model[at] ?? []), model[at]?.length ?? 0])
            at += 1
          } else if (move === 'undo') {
            history.undo()
            at = Math.max(0, at - 1)
          } else {
            history.redo()
            at = Math.min(model.length - 1, at + 1)
          }
          expect(history.get().document).toEqual(model[at])
          expect(isDirty(history.get())).toBe(at !== 0)
        }
      }),
    ))

  it('takes one gesture for one entry and no change for none', () => {
    const history = createHistory('a')
    history.change(() => 'ab', 'name')
    history.change(() => 'abc', 'name')
    history.change((same) => same)
    expect(history.get().past).toHaveLength(1)
    history.undo()
    expect(history.get().document).toBe('a')
  })
})
