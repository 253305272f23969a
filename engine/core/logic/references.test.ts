import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { certainReferences, references, renameRoot } from '#core/logic/references.ts'

const logic: Json = {
  all_of: [
    { lt: [{ var: 'bureau.score' }, { var: ['policy.cut', { var: 'bureau' }] }] },
    { some: [{ var: 'bureau.loans' }, { '>': [{ var: 'bureau.dpd' }, 90] }] },
    { missing: ['bureau.pan', 'bureaux.x', { if: [{ var: 'a' }, 'b', 'c'] }] },
    { eq: [{ var: 'bureau.score' }, 'bureau.score'] },
    { var: { concat: ['bureau', '.x'] } },
  ],
}

describe('references', () => {
  it('finds paths once, not those of items', () => {
    expect(references(logic).map((path) => path.join('.'))).toEqual([
      'bureau.score',
      'policy.cut',
      'bureau',
      'bureau.loans',
      'bureau.pan',
      'bureaux.x',
      'a',
    ])
  })
  it('tells bare names in a filter, which may be fields of the element, from what is certainly read', () => {
    const filter: Json = {
      items_where: [
        { var: 'loans' },
        {
          as: '_item',
          do: {
            gt: [{ var: ['_item.amount', { var: 'amount' }] }, { var: ['a.b', { var: 'c' }] }],
          },
        },
      ],
    }
    const names = (paths: string[][]): string[] => paths.map((path) => path.join('.'))
    expect(names(references(filter))).toEqual(['loans', 'amount', 'a.b', 'c'])
    expect(names(certainReferences(filter))).toEqual(['loans', 'a.b', 'c'])
  })
  it('renames through the tree and nothing but paths', () => {
    expect(renameRoot(logic, 'bureau', 'cibil')).toEqual({
      all_of: [
        { lt: [{ var: 'cibil.score' }, { var: ['policy.cut', { var: 'cibil' }] }] },
        { some: [{ var: 'cibil.loans' }, { '>': [{ var: 'bureau.dpd' }, 90] }] },
        { missing: ['cibil.pan', 'bureaux.x', { if: [{ var: 'a' }, 'b', 'c'] }] },
        { eq: [{ var: 'cibil.score' }, 'bureau.score'] },
        { var: { concat: ['bureau', '.x'] } },
      ],
    })
  })
  it('comes back when renamed back', () => {
    const name = fc.constantFrom('a', 'b.c', 'c', 'a.a')
    const some = fc.letrec<{ logic: Json }>((tie) => ({
      logic: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(1, 'a', null, { a: 1, var: 2 }),
        name.map((path): Json => ({ var: path })),
        fc.array(tie('logic'), { maxLength: 3 }).map((args): Json => ({ all_of: args })),
      ),
    })).logic
    fc.assert(
      fc.property(some, (written) => {
        const there = renameRoot(written, 'a', 'fresh')
        expect(references(there).some(([root]) => root === 'a')).toBe(false)
        expect(renameRoot(there, 'fresh', 'a')).toEqual(written)
      }),
    )
  })
})
