import { expect, it } from 'vitest'
import { editDistance, similarTo } from './similar.ts'

it('counts the letters to change, add or drop', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('same', 'same')).toBe(0)
})

it('offers near names, the nearest first, by their last part too', () => {
  const names = ['bureau.score', 'applicant.age', 'score', 'min', 'count']
  expect(similarTo('scor', names)).toEqual(['bureau.score', 'score'])
  expect(similarTo('applicant.agee', names)).toEqual(['applicant.age'])
  expect(similarTo('zzzz', names)).toEqual([])
})
