import { describe, expect, it } from 'vitest'
import { shownCard } from './card-schema.ts'

const cards = import.meta.glob('../../models/shipped/*/*/card.json', {
  eager: true,
  import: 'default',
})

describe('shownCard', () => {
  it('has cards to read', () => expect(Object.keys(cards).length).toBeGreaterThan(0))
  it.each(Object.entries(cards))('reads the shipped card %s', (_, card) =>
    expect(shownCard.parse(card).data.statement).not.toBe(''),
  )
})
