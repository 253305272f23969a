import { useState } from 'react'

export interface Layout {
  /** px, by the slot's id */
  readonly widths: Readonly<Record<string, number>>
  /** How many columns stay in sight beside the row's number. */
  readonly frozen: number
}

export const usualWidth = 140
const narrowest = 56

const plain: Layout = { widths: {}, frozen: 0 }

function remembered(key: string): Layout {
  try {
    return { ...plain, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Layout>) }
  } catch {
    return plain
  }
}

/** How wide the columns are and how many are frozen: kept by this browser, no part of the document. */
export function useLayout(decision: string, part: string) {
  const key = `metis.table.${decision}.${part}`
  const [layout, setLayout] = useState(() => remembered(key))
  const set = (next: Layout): void => {
    setLayout(next)
    localStorage.setItem(key, JSON.stringify(next))
  }
  return {
    layout,
    resize: (slot: string, width: number) =>
      set({
        ...layout,
        widths: { ...layout.widths, [slot]: Math.max(narrowest, Math.round(width)) },
      }),
    freeze: (frozen: number) => set({ ...layout, frozen }),
  }
}
